#include "tvts/api/embed_all.h"
#include "tvts/api/model_state.h"
#include "tvts/core/error.h"
#include "tvts/core/throw_if_stopped.h"
#include "tvts/features/label_classifier.h"
#include "tvts/features/text_embedder.h"

namespace tvts::api {

Classification classify(const Model& model, const std::vector<std::string>& inputs,
                        const std::vector<std::string>& labels, const ClassifyOptions& options,
                        const VideoOptions& video, const Run& run) {
  if (labels.empty()) fail_usage("no label; expected one or more");
  if (options.templates.empty()) fail_usage("no template for the labels; expected one or more, such as \"{}\"");
  const PretrainedModel& pretrained = model.state().pretrained;
  EmbedOptions embed = embed_options(model, video, run);
  embed.normalize = true;  // scores are cosines
  const LabelClassifier classifier(embed_labels(pretrained.model, pretrained.tokenizer, labels, options.templates,
                                                kTextBatch, [&](std::size_t) { throw_if_stopped(run.stop); }));
  Classification found;
  embed_all(model, inputs, embed, run, found.failed, [&](const EmbeddedItem& item) {
    for (const EmbeddedRow& row : item.result.rows) {
      ClassifiedRow& classified = found.rows.emplace_back();
      classified.path = item.item.path;
      classified.start = row.info.start;
      classified.end = row.info.end;
      for (const tvts::ScoredLabel& best : classifier.best(row.embedding, options.k)) {
        classified.labels.push_back(
            {.label = labels[best.label], .score = best.score, .probability = best.probability});
      }
    }
  });
  return found;
}

}  // namespace tvts::api
