#include "tvts/features/embed_inputs.h"

#include "tvts/core/error.h"

namespace tvts {

void embed_inputs(const InferenceModel& model, const EmbedOptions& options, MediaSource& inputs, std::stop_token stop,
                  const std::function<void(EmbeddedItem& item)>& on_item) {
  VideoEmbedder embedder(
      model, for_inputs(options, inputs.size_hint()), [&] { return inputs.next(); }, std::move(stop));
  for (auto group = embedder.next_group(); !group.empty(); group = embedder.next_group()) {
    for (EmbeddedItem& item : group) on_item(item);
  }
}

at::Tensor embed_file(const InferenceModel& model, const EmbedOptions& options, const std::string& path,
                      std::stop_token stop) {
  TVTS_ASSERT(!options.clips.window);
  VideoEmbedder embedder(model, for_inputs(options, 1), feed_of({{.path = path}}), std::move(stop));
  const std::vector<EmbeddedItem> group = embedder.next_group();
  const ItemResult& result = group.at(0).result;
  if (!result.status.empty()) fail_input(result.error_message);
  return at::tensor(result.rows.at(0).embedding);
}

}  // namespace tvts
