// tvts inspect: what is in a model file or a video.
#include "cli/inspect.h"

#include <algorithm>
#include <filesystem>

#include "cli/commands.h"
#include "cli/model_options.h"
#include "cli/video_options.h"
#include "tvts/core/error.h"
#include "tvts/media/inputs/media_names.h"
#include "tvts/model/weights/other_files.h"
#include "tvts/model/weights/zip.h"

namespace tvts::cli {
namespace {

struct InspectOptions {
  std::string path;
  std::string model;
  StatedOptions stated;
  api::VideoOptions video;
  bool json = false;
};

void declare_all(CLI::App& command, InspectOptions& options) {
  command.add_option("FILE", options.path, "a model file or a video")->required();
  command.add_option("--model", options.model, "a model: what it should hold; a video: whose frames would be used");
  declare(command, options.stated);
  declare(command, options.video);
  command.add_flag("--json", options.json, "one JSON object instead of text");
}

bool has_name_of_model(const std::string& path) {
  constexpr const char* kExtensions[] = {".safetensors", ".pth", ".pt", ".ckpt", ".bin"};
  return std::ranges::any_of(kExtensions, [&](const char* extension) { return has_extension(path, extension); });
}

// By name, so that a damaged one is called so; by content: a folder, a checkpoint, or a file that often stands where
// one should be, which is then refused by its name. Anything else is a video.
bool is_model(const std::string& path) {
  if (std::filesystem::is_directory(path) || has_name_of_model(path)) return true;
  const std::string beginning = FileBytes(path).beginning(kTellingBytes);
  return ZipArchive::begins(beginning) || begins_like_safetensors(beginning) || !other_file(beginning).is.empty();
}

int run(const InspectOptions& options) {
  if (is_model(options.path)) {
    const AskedModel asked = asked_model(options.model, options.stated);
    print_model(open_model_state(
                    options.path, asked.config,
                    {.keep_sort_head = true, .activation = asked.activation, .special_tokens = asked.special_tokens}),
                options.json);
  } else {
    ModelSpec spec;  // ViT-B-32's frames and size by default
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
