#include "cli/store_options.h"

#include <filesystem>

#include "cli/runtime.h"
#include "tvts/checkpoint/sha256.h"
#include "tvts/search/store_folder.h"

namespace tvts::cli {

StoreHeader store_header(const PretrainedModel& pretrained, const EmbedOptions& embed,
                         const std::string& neutral_texts) {
  StoreHeader header;
  header.model_path = std::filesystem::absolute(pretrained.path).lexically_normal().string();
  header.model_name = pretrained.spec.config.name;
  header.model_origin = pretrained.spec.origin;
  header.model_sha256 = known_hashes().sha256(pretrained.path);
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

ModelOptions with_precision_of_store(ModelOptions model, const std::string& dir) {
  const std::string header = StoreFolder(dir).header();
  if (model.precision == kAutomatic && is_store_header(header)) model.precision = read_store_header(header).precision;
  return model;
}

}  // namespace tvts::cli
