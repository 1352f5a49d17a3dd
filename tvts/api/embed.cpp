#include <sstream>

#include "tvts/api/model_state.h"
#include "tvts/api/open_model.h"
#include "tvts/core/throw_if_stopped.h"
#include "tvts/core/usable_cores.h"
#include "tvts/data/input_list.h"
#include "tvts/embed/embed_inputs.h"
#include "tvts/embed/text_embedder.h"

namespace tvts::api {
namespace {

std::vector<float> numbers_of(const at::Tensor& features) {
  const at::Tensor values = features.contiguous();
  return {values.const_data_ptr<float>(), values.const_data_ptr<float>() + values.numel()};
}

void add(const EmbeddedItem& item, Embeddings& embeddings) {
  if (!item.result.status.empty()) {
    embeddings.failed.push_back({.path = item.item.path, .reason = item.result.error_message});
  }
  for (const EmbeddedRow& row : item.result.rows) {
    embeddings.vectors.insert(embeddings.vectors.end(), row.embedding.begin(), row.embedding.end());
    embeddings.rows.push_back({.path = item.item.path,
                               .start = row.info.start,
                               .end = row.info.end,
                               .frame_seconds = row.info.frame_seconds,
                               .caption = item.item.caption,
                               .label = item.item.label,
                               .warnings = row.info.warnings});
  }
}

}  // namespace

Embeddings embed_videos(const Model& model, const std::vector<std::string>& inputs, const VideoOptions& options,
                        const Run& run) {
  const PretrainedModel& pretrained = model.state().pretrained;
  const EmbedOptions embed = embed_options(options, pretrained.spec, run.threads > 0 ? run.threads : usable_cores());
  std::istringstream no_standard_input;
  const auto source = open_inputs(inputs, InputOptions{}, no_standard_input);
  Embeddings embeddings = {.dim = pretrained.spec.config.embed_dim};
  std::size_t done = 0;
  embed_inputs(pretrained.model, embed, *source, run.stop, [&](const EmbeddedItem& item) {
    add(item, embeddings);
    if (run.on_progress) run.on_progress(++done, embeddings.failed.size(), source->size_hint());
  });
  return embeddings;
}

std::vector<float> encode_text(const Model& model, const std::vector<std::string>& texts, bool normalize,
                               const Run& run) {
  const PretrainedModel& pretrained = model.state().pretrained;
  return numbers_of(
      embed_texts(pretrained.model, pretrained.tokenizer, texts, normalize, kTextBatch, [&](std::size_t done) {
        throw_if_stopped(run.stop);
        if (run.on_progress) run.on_progress(done, 0, texts.size());
      }));
}

std::vector<float> encode_labels(const Model& model, const std::vector<std::string>& labels,
                                 const std::vector<std::string>& templates) {
  if (templates.empty()) fail_usage("no template for the labels; expected one or more, such as \"a video of {}\"");
  const PretrainedModel& pretrained = model.state().pretrained;
  return numbers_of(embed_labels(pretrained.model, pretrained.tokenizer, labels, templates, kTextBatch));
}

}  // namespace tvts::api
