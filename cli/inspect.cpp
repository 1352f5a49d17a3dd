// tvts inspect: what is in a model file or a video.
#include "cli/inspect.h"

#include <algorithm>
#include <filesystem>

#include "cli/commands.h"
#include "cli/model_options.h"
#include "cli/video_options.h"
#include "tvts/checkpoint/safetensors.h"
#include "tvts/core/error.h"
#include "tvts/core/input_file.h"

namespace tvts::cli {
namespace {

struct InspectOptions {
  std::string path;
  std::string model;
  VideoOptions video;
  bool json = false;
};

void declare_all(CLI::App& command, InspectOptions& options) {
  command.add_option("FILE", options.path, "a model file or a video")->required();
  command.add_option("--model", options.model, "a model: what it should hold; a video: whose frames would be used");
  declare(command, options.video);
  command.add_flag("--json", options.json, "one JSON object instead of text");
}

// By content: a folder, a zip archive or a safetensors file is a model, anything else a video.
bool is_model(const std::string& path) {
  if (std::filesystem::is_directory(path)) return true;
  const InputFile file(path);
  std::vector<std::byte> bytes(std::min<std::uint64_t>(file.size(), 16));
  file.read(0, bytes);
  const bool zip = bytes.size() >= 4 && bytes[0] == std::byte{'P'} && bytes[1] == std::byte{'K'};
  return zip || begins_like_safetensors(bytes);
}

int run(const InspectOptions& options) {
  if (is_model(options.path)) {
    std::optional<ModelConfig> asked;
    if (!options.model.empty()) asked = model_config(options.model);
    print_model(open_model_state(options.path, asked, {.keep_sort_head = true}), options.json);
  } else {
    ModelSpec spec;  // ViT-B-32's frames and size unless told otherwise
    if (!options.model.empty()) spec.config = model_config(options.model);
    print_video(options.path, resolve(options.video, spec).clips, options.json);
  }
  return 0;
}

}  // namespace

void add_inspect(CLI::App& app, Action& action) {
  add_command<InspectOptions>(
      app, action, "inspect", "Tell what is in a model file or a video",
      [](CLI::App& command, InspectOptions& options) { declare_all(command, options); }, run);
}

}  // namespace tvts::cli
