// Embeds a list of inputs, for every function of the public interface that takes inputs.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tvts/api/tvts.h"
#include "tvts/features/video_embedder.h"

namespace tvts::api {

// The options of a call with the threads of its run.
EmbedOptions embed_options(const Model& model, const VideoOptions& video, const Run& run);

// Adds an item that could not be read to `failed`.
void note_failure(const EmbeddedItem& item, std::vector<Failure>& failed);

// Calls on_item for each input, in their order, notes those that could not be read, and calls run.on_progress.
void embed_all(const Model& model, const std::vector<std::string>& inputs, const EmbedOptions& options, const Run& run,
               std::vector<Failure>& failed, const std::function<void(const EmbeddedItem& item)>& on_item);

}  // namespace tvts::api
