#include <sstream>

#include "tvts/api/model_state.h"
#include "tvts/api/open_model.h"
#include "tvts/core/error.h"
#include "tvts/core/usable_cores.h"
#include "tvts/embed/embed_inputs.h"
#include "tvts/embed/label_classifier.h"
#include "tvts/embed/text_embedder.h"

namespace tvts::api {

Classification classify(const Model& model, const std::vector<std::string>& inputs,
                        const std::vector<std::string>& labels, const ClassifyOptions& options,
                        const VideoOptions& video, const Run& run) {
  if (labels.empty()) fail_usage("no label; expected one or more");
  if (options.templates.empty()) fail_usage("no template for the labels; expected one or more, such as \"{}\"");
  const PretrainedModel& pretrained = model.state().pretrained;
  EmbedOptions embed = embed_options(video, pretrained.spec, run.threads > 0 ? run.threads : usable_cores());
  embed.normalize = true;  // scores are cosines
  const LabelClassifier classifier(
      embed_labels(pretrained.model, pretrained.tokenizer, labels, options.templates, kTextBatch));
  std::istringstream no_standard_input;
  const auto source = open_inputs(inputs, InputOptions{}, no_standard_input);
  Classification found;
  std::size_t done = 0;
  embed_inputs(pretrained.model, embed, *source, run.stop, [&](const EmbeddedItem& item) {
    if (!item.result.status.empty()) {
      found.failed.push_back({.path = item.item.path, .reason = item.result.error_message});
    }
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
    if (run.on_progress) run.on_progress(++done, found.failed.size(), source->size_hint());
  });
  return found;
}

}  // namespace tvts::api
