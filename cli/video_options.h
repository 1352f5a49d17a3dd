// The flags that decide how a video becomes clips and a clip an embedding.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "tvts/api/open_model.h"
#include "tvts/features/video_embedder.h"

namespace tvts::cli {

void declare(CLI::App& command, api::VideoOptions& options);
// Of the options above, the one that commands take which read a picture only beside their main work.
void declare_memory_budget(CLI::App& command, std::size_t& mebibytes);

// Throws Error(kUsage) when a value makes no sense, Error(kInput) when the model cannot do it.
EmbedOptions resolve(const api::VideoOptions& options, const ModelSpec& spec);

}  // namespace tvts::cli
