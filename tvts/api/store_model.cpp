#include "tvts/api/store_model.h"

#include <filesystem>

#include "tvts/core/error.h"
#include "tvts/model/weights/sha256.h"
#include "tvts/store/store_folder.h"

namespace tvts {

StoreHeader store_header(const PretrainedModel& pretrained, const EmbedOptions& embed, const std::string& neutral_texts,
                         const KnownHashes& hashes) {
  StoreHeader header;
  header.model_path = std::filesystem::absolute(pretrained.path).lexically_normal().string();
  header.model_name = pretrained.spec.config.name;
  header.model_origin = pretrained.spec.origin;
  header.model_sha256 = hashes.sha256(pretrained.path);
  header.embed_dim = pretrained.spec.config.embed_dim;
  header.preprocess = to_string(embed.clips.preprocess);
  header.num_frames = embed.clips.num_frames;
  header.pool = to_string(embed.pool);
  header.precision = to_string(pretrained.model.precision());
  header.normalize = embed.normalize;
  if (embed.clips.window) {
    header.window_seconds = embed.clips.window->window_seconds;
    header.stride_seconds = embed.clips.window->stride_seconds;
  }
  header.rotate = embed.clips.rotate;
  header.square_pixels = embed.clips.display_aspect;
  if (!neutral_texts.empty()) header.neutral_texts_sha256 = sha256_of_file(neutral_texts);
  return header;
}

std::string precision_of_store(const std::string& folder) {
  const std::string header = StoreFolder(folder).header();
  return is_store_header(header) ? read_store_header(header).precision : "";
}

void use_precision_of_store(api::LoadOptions& options, const std::string& folder) {
  if (options.precision != kAutomatic) return;
  if (const std::string stored = precision_of_store(folder); !stored.empty()) options.precision = stored;
}

std::string model_of_store(const std::string& store, const StoreHeader& header, const std::string& file,
                           const KnownHashes& hashes) {
  const std::string path = file.empty() ? header.model_path : file;
  if (!std::filesystem::exists(path)) {
    fail_input("the store's model is not at ", path, "; say where it is with --pretrained");
  }
  if (const std::string found = hashes.sha256(path); found != header.model_sha256) {
    fail_input(path, " is not the model of ", store, ": SHA-256 ", found, ", the store was made with ",
               header.model_sha256, "; give that file with --pretrained, or embed the videos again");
  }
  return path;
}

EmbedOptions query_options(const StoreHeader& header, const ModelSpec& spec, std::size_t threads,
                           std::size_t memory_budget) {
  api::VideoOptions options;
  options.preprocess = header.preprocess;
  options.pool = header.pool;
  options.num_frames = header.num_frames;
  options.stored_rotation = !header.rotate;
  options.stored_aspect = !header.square_pixels;
  options.memory_budget = memory_budget;
  return embed_options(options, spec, threads);
}

}  // namespace tvts
