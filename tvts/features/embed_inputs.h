// Embeds all inputs of a run.
#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "tvts/features/video_embedder.h"
#include "tvts/media/inputs/input_list.h"

namespace tvts {

// Calls on_item for each input, in their order. Throws what VideoEmbedder::next_group() and on_item throw.
void embed_inputs(const InferenceModel& model, const EmbedOptions& options, MediaSource& inputs, std::stop_token stop,
                  const std::function<void(EmbeddedItem& item)>& on_item);

// The embedding of one file, as a single clip: float32 [E]. Throws Error(kInput) when it cannot be read.
at::Tensor embed_file(const InferenceModel& model, const EmbedOptions& options, const std::string& path,
                      std::stop_token stop);

}  // namespace tvts
