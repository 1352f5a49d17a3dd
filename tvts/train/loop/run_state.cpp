#include "tvts/train/loop/run_state.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>

#include "tvts/core/folders.h"
#include "tvts/core/input_file.h"
#include "tvts/core/json/struct_fields.h"
#include "tvts/core/log.h"
#include "tvts/core/whole_file.h"
#include "tvts/model/pretrained/save_model.h"
#include "tvts/model/weights/model_json.h"
#include "tvts/model/weights/safetensors.h"

namespace tvts {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPrefix = "step_";
constexpr const char* kUnfinished = ".unfinished";
constexpr const char* kStateFormat = "tvts-training-1";

std::string folder_name(int64_t step) {
  char name[32];
  std::snprintf(name, sizeof name, "%s%08lld", kPrefix, static_cast<long long>(step));
  return name;
}

// Of a process that was killed while it saved.
void remove_unfinished(const fs::path& folder) {
  std::error_code error;
  std::vector<fs::path> found;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(kPrefix) && name.ends_with(kUnfinished)) found.push_back(entry.path());
  }
  for (const fs::path& path : found) fs::remove_all(path, error);
}

// Whole checkpoints, oldest first.
std::vector<fs::path> checkpoints(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(kPrefix) && !name.ends_with(kUnfinished)) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

// The moments of every parameter that has had a gradient.
std::vector<std::pair<std::string, at::Tensor>> moments(std::vector<TrainedParameter>& parameters) {
  std::vector<std::pair<std::string, at::Tensor>> all;
  for (TrainedParameter& parameter : parameters) {
    if (!parameter.moment1.defined()) continue;
    all.emplace_back("moment1." + parameter.name, parameter.moment1);
    all.emplace_back("moment2." + parameter.name, parameter.moment2);
  }
  return all;
}

void save_optimizer(const std::string& path, const Optimizer& optimizer) {
  std::vector<TrainedParameter> parameters = optimizer.parameters();
  std::vector<TensorEntry> entries;
  const auto all = moments(parameters);
  for (const auto& [name, tensor] : all) entries.push_back({.name = name, .shape = tensor.sizes().vec()});
  at::Tensor held;
  write_safetensors(path, entries, {{"format", kStateFormat}}, [&](std::size_t index) {
    held = all[index].second.to(at::kCPU, at::kFloat).contiguous();
    return Bytes(static_cast<const std::byte*>(held.data_ptr()), held.nbytes());
  });
}

void save_state_json(const std::string& path, const Optimizer& optimizer, const RunState& state) {
  Json json = {{"format", kStateFormat}, {"step", state.step}, {"clips", state.clips}};
  for (const TrainedParameter& parameter : optimizer.parameters()) json["steps"][parameter.name] = parameter.steps;
  write_whole_file(path, json.dump(1) + "\n");
}

void remove_oldest(const fs::path& folder, int64_t keep) {
  const std::vector<fs::path> all = checkpoints(folder);
  const auto beyond = static_cast<std::ptrdiff_t>(all.size()) - keep;
  for (std::ptrdiff_t i = 0; i < beyond; ++i) {
    std::error_code error;
    fs::remove_all(all[static_cast<std::size_t>(i)], error);
    if (error)
      log_warning(concat("cannot remove the old checkpoint ", all[static_cast<std::size_t>(i)].string(), ": ",
                         error.message()));
  }
}

using Tensors = std::map<std::string, TensorView>;

Tensors by_name(const Safetensors& file) {
  Tensors tensors;
  for (const NamedTensor& tensor : file.tensors) tensors[tensor.name] = tensor.view;
  return tensors;
}

void copy_into(const Tensors& tensors, const std::string& name, at::Tensor& target, const std::string& path) {
  const auto found = tensors.find(name);
  if (found == tensors.end()) fail_input(path, ": ", name, " is missing; the checkpoint is of another model or run");
  if (at::IntArrayRef(found->second.shape) != target.sizes()) {
    fail_input(path, ": ", name, " has the shape ", to_string(found->second.shape), ", this run's has ",
               to_string(Shape(target.sizes().vec())), "; the checkpoint is of another model");
  }
  const at::NoGradGuard no_grad;
  at::Tensor values = at::empty(target.sizes(), at::kFloat);
  copy_to_float(found->second, {values.data_ptr<float>(), static_cast<std::size_t>(values.numel())});
  target.copy_(values);
}

void require_trained_on(Preprocess preprocess, const ModelSpec& spec, const std::string& path) {
  if (trained_preprocess(spec) == preprocess) return;
  fail_usage(path, " was trained on the preprocessing ", to_string(trained_preprocess(spec)), ", and this run's is ",
             to_string(preprocess), "; go on with \"preprocess\": \"", to_string(trained_preprocess(spec)),
             "\", or start a run of its own from it");
}

Json read_state_json(const std::string& path) {
  const Json json = fields::parse_object(
      read_file(path), path, "the state of a run: remove its checkpoint, and the run goes on from the one before");
  if (json.value("format", Json()) != kStateFormat) {
    fail_input(path, ": the format is not ", kStateFormat, "; it was written by another version");
  }
  return json;
}

}  // namespace

std::string save_checkpoint(const std::string& folder, const DualEncoder& model, const ModelSpec& spec,
                            const Optimizer& optimizer, const std::string& config_json, const RunState& state,
                            int64_t keep) {
  const fs::path final_path = fs::path(folder) / folder_name(state.step);
  const fs::path unfinished = final_path.string() + kUnfinished;
  remove_unfinished(folder);
  std::error_code error;
  try {
    make_folder(unfinished);
    save_model(unfinished / "model.safetensors", model, spec);
    save_optimizer(unfinished / "optimizer.safetensors", optimizer);
    save_state_json(unfinished / "state.json", optimizer, state);
    write_whole_file(unfinished / "config.json", config_json);
    fs::remove_all(final_path, error);
    fs::rename(unfinished, final_path, error);
    if (error) fail(ErrorKind::kFailed, "cannot name the checkpoint ", final_path.string(), ": ", error.message());
  } catch (const Error&) {
    fs::remove_all(unfinished, error);
    throw;
  }
  remove_oldest(folder, keep);
  return final_path;
}

std::optional<std::string> newest_checkpoint(const std::string& folder) {
  const std::vector<fs::path> all = checkpoints(folder);
  return all.empty() ? std::nullopt : std::optional(all.back().string());
}

RunState load_checkpoint(const std::string& checkpoint, Preprocess preprocess, DualEncoder& model,
                         Optimizer& optimizer) {
  const std::string model_path = checkpoint + "/model.safetensors",
                    optimizer_path = checkpoint + "/optimizer.safetensors";
  const FileBytes model_file(model_path);
  const Safetensors model_tensors = read_safetensors(model_file);
  require_trained_on(preprocess, spec_from_metadata(model_tensors.metadata, model_path), model_path);
  const Tensors weights = by_name(model_tensors);
  for (auto& [name, parameter] : named_parameters(model)) copy_into(weights, name, parameter, model_path);

  const std::string state_path = checkpoint + "/state.json";
  const Json json = read_state_json(state_path);
  const FileBytes optimizer_file(optimizer_path);
  const Tensors moments = by_name(read_safetensors(optimizer_file));
  RunState state;
  try {
    state = {.step = json.at("step").get<int64_t>(), .clips = json.at("clips").get<int64_t>()};
    for (TrainedParameter& parameter : optimizer.parameters()) {
      parameter.steps = json.at("steps").at(parameter.name).get<int64_t>();
      if (parameter.steps == 0) continue;
      parameter.moment1 = at::zeros_like(parameter.value);
      parameter.moment2 = at::zeros_like(parameter.value);
      copy_into(moments, "moment1." + parameter.name, parameter.moment1, optimizer_path);
      copy_into(moments, "moment2." + parameter.name, parameter.moment2, optimizer_path);
    }
  } catch (const Json::exception& error) {
    fail_input(state_path, ": ", error.what(), "; the checkpoint is of another model or run");
  }
  return state;
}

}  // namespace tvts
