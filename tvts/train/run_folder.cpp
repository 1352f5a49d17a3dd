#include "tvts/train/run_folder.h"

#include <filesystem>

#include "tvts/core/input_file.h"
#include "tvts/core/whole_file.h"
#include "tvts/json/struct_fields.h"

namespace tvts {
namespace {

// What may change when a run is taken up again: where it runs and lies, and how often it tells.
const char* const kMayChange[] = {"output", "device", "data", "log_every_steps", "validation", "checkpoint", "version"};

// A key that the config of an earlier version lacks has the value that was the only one then: its default.
Json with_defaults(const Json& found) {
  Json all = parse_json(train_config_to_json(TrainConfig{}));
  all.merge_patch(found);
  return all;
}

void require_same_run(const std::string& path, const Json& found, const Json& now) {
  for (const auto& [key, value] : now.items()) {
    if (std::find(std::begin(kMayChange), std::end(kMayChange), key) != std::end(kMayChange)) continue;
    if (found.contains(key) && found.at(key) == value) continue;
    fail_usage(path, " is of another run: ", key, " is ", found.value(key, Json()).dump(), " there and ", value.dump(),
               " now; choose another output folder, or remove that one");
  }
}

}  // namespace

void RunFolder::claim(const TrainConfig& config, const std::string& code_version) const {
  std::error_code error;
  std::filesystem::create_directories(path_, error);
  if (error) fail(ErrorKind::kFailed, "cannot make the folder ", path_, ": ", error.message());
  Json now = parse_json(train_config_to_json(config));
  now["version"] = code_version;
  if (std::filesystem::exists(this->config())) {
    const std::string text = read_file(this->config());
    require_same_run(this->config(), with_defaults(fields::parse_object(text, this->config(), "the config of a run")),
                     now);
  }
  write_whole_file(this->config(), now.dump(2) + "\n");
}

}  // namespace tvts
