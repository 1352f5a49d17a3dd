// Prints a model file or a video file for `tvts inspect`.
#pragma once

#include <string>

#include "tvts/checkpoint/model_state.h"
#include "tvts/video/clip.h"

namespace tvts::cli {

void print_model(const ModelState& state, bool json);

// Throws what inspect_video() throws.
void print_video(const std::string& path, const ClipOptions& options, bool json);

}  // namespace tvts::cli
