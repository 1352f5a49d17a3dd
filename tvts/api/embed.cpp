#include "tvts/api/embed_all.h"
#include "tvts/api/model_state.h"
#include "tvts/core/error.h"
#include "tvts/core/throw_if_stopped.h"
#include "tvts/features/text_embedder.h"
#include "tvts/features/to_vector.h"

namespace tvts::api {
namespace {

void add(const EmbeddedItem& item, Embeddings& embeddings) {
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
  Embeddings embeddings = {.dim = model.state().pretrained.spec.config.embed_dim};
  embed_all(model, inputs, embed_options(model, options, run), run, embeddings.failed,
            [&](const EmbeddedItem& item) { add(item, embeddings); });
  return embeddings;
}

std::vector<float> encode_text(const Model& model, const std::vector<std::string>& texts, bool normalize,
                               const Run& run) {
  const PretrainedModel& pretrained = model.state().pretrained;
  return to_vector(
      embed_texts(pretrained.model, pretrained.tokenizer, texts, normalize, kTextBatch, [&](std::size_t done) {
        throw_if_stopped(run.stop);
        if (run.on_progress) run.on_progress(done, 0, texts.size());
      }));
}

std::vector<float> encode_labels(const Model& model, const std::vector<std::string>& labels,
                                 const std::vector<std::string>& templates, const Run& run) {
  if (templates.empty()) fail_usage("no template for the labels; expected one or more, such as \"a video of {}\"");
  const PretrainedModel& pretrained = model.state().pretrained;
  const std::size_t total = labels.size() * templates.size();
  return to_vector(
      embed_labels(pretrained.model, pretrained.tokenizer, labels, templates, kTextBatch, [&](std::size_t done) {
        throw_if_stopped(run.stop);
        if (run.on_progress) run.on_progress(done, 0, total);
      }));
}

}  // namespace tvts::api
