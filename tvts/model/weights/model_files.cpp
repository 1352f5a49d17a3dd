#include "tvts/model/weights/model_files.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <regex>
#include <set>

#include "tvts/core/error.h"
#include "tvts/core/input_file.h"
#include "tvts/core/json/parse_json.h"

namespace tvts {
namespace {

namespace fs = std::filesystem;

// The names of weight files in the model folders of Hugging Face and open_clip, the safe form first.
constexpr std::array<const char*, 4> kFolderFiles = {"model.safetensors", "open_clip_model.safetensors",
                                                     "open_clip_pytorch_model.bin", "pytorch_model.bin"};
constexpr std::array<const char*, 2> kFolderConfigs = {"open_clip_config.json", "config.json"};
constexpr const char* kIndexSuffix = ".index.json";
constexpr std::size_t kMostConfigBytes = 1 << 20, kMostIndexBytes = 16 << 20;

// Folders of other kinds, by a file that only they have.
struct OtherFolder {
  const char *file, *is, *to_do;
};
constexpr std::array<OtherFolder, 7> kOtherFolders = {
    {{"adapter_config.json", "an adapter (LoRA or the like) without the model that it changes",
      "merge the two in Python (merge_and_unload) and save the result"},
     {".metadata", "a distributed checkpoint of PyTorch", "join it with torch.distributed.checkpoint.format_utils"},
     {"zero_to_fp32.py", "a checkpoint of DeepSpeed", "join it with the zero_to_fp32.py that lies in it"},
     {"model_index.json", "a pipeline of diffusers", "expected a CLIP or TVTSv2 model"},
     {"flax_model.msgpack", "weights for Flax alone", "save the model from PyTorch"},
     {"tf_model.h5", "weights for TensorFlow alone", "save the model from PyTorch"},
     {"saved_model.pb", "a model of TensorFlow", "expected a CLIP or TVTSv2 model saved from PyTorch"}}};

bool is_file(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

std::string in_folder(const std::string& folder) {
  std::string names;
  for (const char* file : kFolderFiles) {
    const fs::path path = fs::path(folder) / file;
    if (is_file(path)) return path.string();
    if (is_file(path.string() + kIndexSuffix)) return path.string() + kIndexSuffix;
    names += std::string(names.empty() ? "" : ", ") + file;
  }
  for (const OtherFolder& other : kOtherFolders) {
    if (is_file(fs::path(folder) / other.file))
      fail_input("the folder ", folder, " holds ", other.is, "; ", other.to_do);
  }
  fail_input("the folder ", folder, " holds no model; looked for ", names, " and an ", kIndexSuffix, " of each");
}

// The parts that an index lists. Their names are plain: an index leads nowhere else.
std::vector<std::string> parts_of(const std::string& index) {
  const Json json = [&] {
    try {
      return parse_json(read_file(index, kMostIndexBytes)).at("weight_map");
    } catch (const std::exception& error) {
      fail_input(index, " is no index of a model's parts: ", error.what());
    }
  }();
  std::set<std::string> names;
  for (const auto& [tensor, file] : json.items()) {
    const std::string name = file.is_string() ? file.get<std::string>() : "";
    if (name.empty() || name == "." || name == ".." || fs::path(name).filename() != name) {
      fail_input(index, ": the part of '", tensor, "' is '", name, "'; expected the name of a file beside it");
    }
    names.insert(name);
  }
  if (names.empty()) fail_input(index, " is no index of a model's parts: its weight_map is empty");
  std::vector<std::string> parts;
  for (const std::string& name : names) {
    parts.push_back((fs::path(index).parent_path() / name).string());
    if (!is_file(parts.back())) {
      fail_input(index, " lists ", names.size(), " parts, and ", name, " is not beside it; fetch all of them");
    }
  }
  return parts;
}

// model-00001-of-00002.safetensors
void refuse_one_part(const fs::path& file) {
  static const std::regex pattern(R"(.*-(\d{5})-of-(\d{5})\.\w+)");
  std::smatch match;
  const std::string name = file.filename().string();
  if (!std::regex_match(name, match, pattern) || std::stoi(match[2]) < 2) return;
  fail_input(file.string(), " is part ", std::stoi(match[1]), " of ", std::stoi(match[2]),
             " of a model in several files; give the folder that holds all parts and their index (", kIndexSuffix, ")");
}

std::string config_beside(const fs::path& file) {
  std::string name = file.filename().string();
  if (name.ends_with(kIndexSuffix)) name.resize(name.size() - std::string_view(kIndexSuffix).size());
  if (std::find(kFolderFiles.begin(), kFolderFiles.end(), name) == kFolderFiles.end()) return "";
  for (const char* config : kFolderConfigs) {
    const fs::path beside = file.parent_path() / config;
    if (is_file(beside)) return read_file(beside.string(), kMostConfigBytes);
  }
  return "";
}

}  // namespace

ModelFiles model_files(const std::string& path) {
  ModelFiles files;
  files.path = is_folder(path) ? in_folder(path) : path;
  if (files.path.ends_with(kIndexSuffix)) {
    files.parts = parts_of(files.path);
  } else {
    refuse_one_part(files.path);
    files.parts = {files.path};
  }
  files.config = config_beside(files.path);
  return files;
}

}  // namespace tvts
