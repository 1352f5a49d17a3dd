// Teaches a model the classes of a folder: FOLDER/CLASS/*.mp4. The last block and the projection of the video encoder
// are trained so that each clip comes closest to its class's name; the rest stays.
//
//   fine_tune FOLDER OUTPUT.safetensors [STEPS]     then: tvts classify --pretrained OUTPUT.safetensors ...
#include <torch/torch.h>
#include <tvts/api/torch.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <iostream>

namespace {

namespace fs = std::filesystem;
using tvts::api::Model;
using tvts::api::TrainableModel;

struct Examples {
  std::vector<std::string> classes;
  std::vector<tvts::api::Clip> clips;
  std::vector<std::int64_t> labels;  // of each clip
};

// A file that cannot be read is reported and left out.
void add(const Model& model, const fs::path& video, std::int64_t label, Examples& examples) {
  try {
    for (auto& clip : tvts::api::read_clips(model, video.string()).clips) {
      examples.clips.push_back(std::move(clip));
      examples.labels.push_back(label);
    }
  } catch (const tvts::Error& error) {
    std::cerr << error.what() << "\n";
  }
}

Examples read_examples(const Model& model, const fs::path& folder) {
  std::vector<fs::path> classes;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_directory()) classes.push_back(entry.path());
  }
  std::ranges::sort(classes);
  Examples examples;
  for (const fs::path& of_class : classes) {
    for (const auto& video : fs::directory_iterator(of_class)) {
      add(model, video.path(), std::ssize(examples.classes), examples);
    }
    examples.classes.push_back(of_class.filename().string());
  }
  return examples;
}

// What is trained: the output projection and the last of the blocks.
std::vector<at::Tensor> trained_parameters(TrainableModel& model) {
  const auto block_of = [](const std::string& name) {
    const std::string blocks = "resblocks.";
    const auto at = name.find(blocks);
    return at == std::string::npos ? -1 : std::atoi(name.c_str() + at + blocks.size());
  };
  const auto is_of_video = [](const std::string& name) { return name.starts_with("video_model."); };
  int last = -1;
  for (const auto& [name, parameter] : model.named_parameters()) {
    if (is_of_video(name)) last = std::max(last, block_of(name));
  }
  std::vector<at::Tensor> trained;
  for (auto& [name, parameter] : model.named_parameters()) {
    const bool is_trained = is_of_video(name) && (block_of(name) == last || name == "video_model.proj");
    parameter.requires_grad_(is_trained);
    if (is_trained) trained.push_back(parameter);
  }
  return trained;
}

void fine_tune(const fs::path& folder, const std::string& output, int steps) {
  const Model engine = Model::load();  // the small model; give the path of a model file here
  const Examples examples = read_examples(engine, folder);
  if (examples.classes.size() < 2 || examples.clips.empty()) {
    throw tvts::Error(tvts::ErrorKind::kInput, folder.string() + ": expected two folders of videos or more");
  }
  const at::Tensor video = tvts::api::video_tensor(engine, examples.clips);
  const at::Tensor labels = at::tensor(examples.labels);
  const at::Tensor texts = tvts::api::encode_text(engine, tvts::api::token_ids(engine, examples.classes));

  TrainableModel model = TrainableModel::load();
  torch::optim::AdamW optimizer(trained_parameters(model), torch::optim::AdamWOptions(1e-4));
  constexpr double kTemperature = 0.05;
  constexpr std::int64_t kBatch = 16;
  for (int step = 0; step < steps; ++step) {
    const at::Tensor chosen = at::randperm(video.size(0)).narrow(0, 0, std::min(kBatch, video.size(0)));
    namespace F = torch::nn::functional;
    const at::Tensor features = F::normalize(model.encode_video(video.index_select(0, chosen)));
    const at::Tensor loss =
        F::cross_entropy(at::matmul(features, texts.t()) / kTemperature, labels.index_select(0, chosen));
    optimizer.zero_grad();
    loss.backward();
    optimizer.step();
    if (step % 10 == 0 || step + 1 == steps) std::printf("step %d\tloss %.4f\n", step, loss.item<double>());
  }
  model.save(output);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3 || argc > 4) {
    std::cerr << "usage: fine_tune FOLDER OUTPUT.safetensors [STEPS]\n";
    return 2;
  }
  try {
    torch::manual_seed(0);
    fine_tune(argv[1], argv[2], argc == 4 ? std::atoi(argv[3]) : 50);
  } catch (const tvts::Error& error) {
    std::cerr << error.what() << "\n";
    return error.exit_code();
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
  return 0;
}
