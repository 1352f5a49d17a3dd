#include "tvts/api/embed_all.h"

#include <sstream>

#include "tvts/api/model_state.h"
#include "tvts/api/open_model.h"
#include "tvts/api/run_control.h"
#include "tvts/features/embed_inputs.h"

namespace tvts::api {

EmbedOptions embed_options(const Model& model, const VideoOptions& video, const Run& run) {
  return tvts::embed_options(video, model.state().pretrained.spec, threads_of(run));
}

void note_failure(const EmbeddedItem& item, std::vector<Failure>& failed) {
  if (item.result.status.empty()) return;
  failed.push_back({.path = item.item.path, .reason = item.result.error_message});
}

void embed_all(const Model& model, const std::vector<std::string>& inputs, const EmbedOptions& options, const Run& run,
               std::vector<Failure>& failed, const std::function<void(const EmbeddedItem& item)>& on_item) {
  std::istringstream no_standard_input;
  const auto source = open_inputs(inputs, InputOptions{}, no_standard_input);
  std::size_t done = 0;
  embed_inputs(model.state().pretrained.model, options, *source, run.stop, [&](const EmbeddedItem& item) {
    note_failure(item, failed);
    on_item(item);
    if (run.on_progress) run.on_progress(++done, failed.size(), source->size_hint());
  });
}

}  // namespace tvts::api
