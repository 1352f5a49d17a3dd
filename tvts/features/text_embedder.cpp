#include "tvts/features/text_embedder.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <mutex>

#include "tvts/core/error.h"
#include "tvts/features/encoder_input.h"
#include "tvts/model/cpu/replicas/replicas.h"

namespace tvts {
namespace {

std::string filled(const std::string& text_template, const std::string& label) {
  std::string text = text_template;
  for (std::size_t at = text.find("{}"); at != std::string::npos; at = text.find("{}", at + label.size())) {
    text.replace(at, 2, label);
  }
  return text;
}

// Batches go through the model side by side, each on one thread of the CPU.
std::size_t replicas_for(const InferenceModel& model, std::size_t batches) {
  return model.device().is_cpu() ? std::min(batches, static_cast<std::size_t>(at::get_num_threads())) : 1;
}

}  // namespace

at::Tensor embed_texts(const InferenceModel& model, const Tokenizer& tokenizer, const std::vector<std::string>& texts,
                       bool normalize, std::size_t batch_size, const std::function<void(std::size_t)>& on_batch) {
  std::vector<at::Tensor> batches((texts.size() + batch_size - 1) / batch_size);
  Replicas replicas(replicas_for(model, batches.size()));
  std::mutex mutex;  // of what follows
  std::size_t done = 0;
  bool is_stopped = false;
  replicas.run(batches.size(), [&](std::size_t batch) {
    const std::size_t begin = batch * batch_size, end = std::min(texts.size(), begin + batch_size);
    const at::Tensor features = model.embed_texts(token_ids(tokenizer, std::span(texts).subspan(begin, end - begin)));
    if (!at::isfinite(features).all().item<bool>()) {
      fail_input("the features of texts are not finite; the weights of the model may be damaged");
    }
    batches[batch] = normalize ? l2_normalised(features) : features;
    const std::lock_guard lock(mutex);
    done += end - begin;
    if (!on_batch || is_stopped) return;
    is_stopped = true;  // should it throw
    on_batch(done);
    is_stopped = false;
  });
  return batches.empty() ? at::empty({0, model.config().embed_dim}) : at::cat(batches);
}

std::vector<std::string> label_texts(const std::vector<std::string>& labels, const std::string& text_template) {
  if (text_template.find("{}") == std::string::npos) {
    fail_usage("template '", text_template, "' has no {} where the label goes");
  }
  std::vector<std::string> texts;
  for (const std::string& label : labels) texts.push_back(filled(text_template, label));
  return texts;
}

at::Tensor embed_labels(const InferenceModel& model, const Tokenizer& tokenizer, const std::vector<std::string>& labels,
                        const std::vector<std::string>& templates, std::size_t batch_size,
                        const std::function<void(std::size_t)>& on_batch) {
  TVTS_ASSERT(!templates.empty());
  at::Tensor sum;
  std::size_t before = 0;  // texts of earlier templates
  const auto note = [&](std::size_t done) {
    if (on_batch) on_batch(before + done);
  };
  for (const std::string& text_template : templates) {
    const std::vector<std::string> texts = label_texts(labels, text_template);
    const at::Tensor features = embed_texts(model, tokenizer, texts, /*normalize=*/true, batch_size, note);
    before += texts.size();
    sum = sum.defined() ? sum + features : features;
  }
  return l2_normalised(sum);
}

}  // namespace tvts
