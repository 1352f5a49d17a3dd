// Prints a model file or a video file for `tvts inspect`.
#pragma once

#include <string>

#include "tvts/media/video/clip.h"
#include "tvts/model/weights/model_state.h"

namespace tvts::cli {

void print_model(const ModelState& state, bool json);

// Throws what inspect_video() throws.
void print_video(const std::string& path, const ClipOptions& options, bool json);

}  // namespace tvts::cli
