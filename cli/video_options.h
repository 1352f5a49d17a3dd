// The flags that decide how a video becomes clips and a clip an embedding.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "tvts/config/model_spec.h"
#include "tvts/embed/video_embedder.h"

namespace tvts::cli {

struct VideoOptions {
  std::string preprocess;  // empty: what the model file states
  std::string pool;        // empty: what the model file states
  int64_t num_frames = 0;  // 0: the model's
  double window = 0;       // seconds; 0: one clip a video
  double stride = 0;       // seconds; 0: the window
  bool stored_aspect = false;
  bool stored_rotation = false;
  double time_budget = ClipOptions().time_budget_seconds;
  std::size_t memory_budget = ClipOptions().memory_budget_bytes >> 20;  // MiB
  std::size_t batch_size = 1;
  std::size_t workers = 0;  // 0: the cores
};

void declare(CLI::App& command, VideoOptions& options);
// Of the options above, the one that commands take which read a picture only beside their main work.
void declare_memory_budget(CLI::App& command, std::size_t& mebibytes);

// What --preprocess names. Throws Error(kUsage).
Preprocess preprocess_asked(const std::string& name);

// Throws Error(kUsage) when a value makes no sense, Error(kInput) when the model cannot do it.
EmbedOptions resolve(const VideoOptions& options, const ModelSpec& spec);

}  // namespace tvts::cli
