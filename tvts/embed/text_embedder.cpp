#include "tvts/embed/text_embedder.h"

#include <algorithm>

#include "tvts/core/error.h"

namespace tvts {
namespace {

at::Tensor token_ids(const Tokenizer& tokenizer, const std::vector<std::string>& texts, std::size_t begin,
                     std::size_t end, int64_t context_length) {
  const at::Tensor ids = at::empty({static_cast<int64_t>(end - begin), context_length}, at::kInt);
  auto* row = ids.data_ptr<int32_t>();
  for (std::size_t i = begin; i < end; ++i, row += context_length) {
    tokenizer.encode(texts[i], {row, static_cast<std::size_t>(context_length)});
  }
  return ids.to(at::kLong);
}

std::string filled(const std::string& text_template, const std::string& label) {
  std::string text = text_template;
  for (std::size_t at = text.find("{}"); at != std::string::npos; at = text.find("{}", at + label.size())) {
    text.replace(at, 2, label);
  }
  return text;
}

}  // namespace

at::Tensor embed_texts(InferenceModel& model, const Tokenizer& tokenizer, const std::vector<std::string>& texts,
                       bool normalize, std::size_t batch_size, const std::function<void(std::size_t)>& on_batch) {
  std::vector<at::Tensor> batches;
  for (std::size_t begin = 0; begin < texts.size(); begin += batch_size) {
    const std::size_t end = std::min(texts.size(), begin + batch_size);
    const at::Tensor ids = token_ids(tokenizer, texts, begin, end, model.config().text.context_length);
    const at::Tensor features = model.embed_texts(ids);
    batches.push_back(normalize ? l2_normalised(features) : features);
    if (on_batch) on_batch(end);
  }
  return batches.empty() ? at::empty({0, model.config().embed_dim}) : at::cat(batches);
}

at::Tensor embed_labels(InferenceModel& model, const Tokenizer& tokenizer, const std::vector<std::string>& labels,
                        const std::vector<std::string>& templates, std::size_t batch_size) {
  TVTS_ASSERT(!templates.empty());
  at::Tensor sum;
  for (const std::string& text_template : templates) {
    if (text_template.find("{}") == std::string::npos) {
      fail_usage("template '", text_template, "' has no {} where the label goes");
    }
    std::vector<std::string> texts;
    for (const std::string& label : labels) texts.push_back(filled(text_template, label));
    const at::Tensor features = embed_texts(model, tokenizer, texts, /*normalize=*/true, batch_size);
    sum = sum.defined() ? sum + features : features;
  }
  return l2_normalised(sum);
}

}  // namespace tvts
