// A training run of a few seconds: six drawn videos with captions and with transcripts, and a model of two blocks.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/features/drawn_video.h"
#include "tests/support/temporary_folder.h"
#include "tvts/train/loop/train_config.h"
#include "tvts/train/loop/trainer.h"

namespace tvts::test {

class TinyRun {
 public:
  static constexpr int kVideos = 6;

  TinyRun() {
    std::filesystem::create_directories(folder_ / "videos/data");
    std::string table = "path,caption\n", list = "Name\n";
    const std::vector<std::string> words = {"red", "green", "blue", "wide", "narrow", "still"};
    for (int i = 0; i < kVideos; ++i) {
      const std::string name = "data/v" + std::to_string(i) + ".mp4";
      draw_video(folder_ / ("videos/" + name), i, 40);
      table += name + "," + words[static_cast<std::size_t>(i)] + " stripes\n";
      list += name + "\n";
      folder_.add("videos/annotations/v" + std::to_string(i) + ".json", annotation(words[static_cast<std::size_t>(i)]));
    }
    folder_.add("table.csv", table);
    folder_.add("list.tsv", list);
    folder_.add("model.json", kModel);
  }

  std::string operator/(std::string_view name) const { return folder_ / name; }
  const TemporaryFolder& folder() const { return folder_; }

  // Twelve steps on captions, six clips each. output: a folder below this one.
  TrainConfig captions(const std::string& output = "run") const {
    TrainConfig config = common(output);
    config.corpora = {
        {.name = "alt", .form = "table", .list = folder_ / "table.csv", .root = folder_ / "videos", .batch = kVideos}};
    return config;
  }

  // Captions and sorted transcripts, taking turns.
  TrainConfig both(const std::string& output = "run") const {
    TrainConfig config = captions(output);
    config.corpora.insert(config.corpora.begin(), {.name = "told",
                                                   .form = "yt-temporal",
                                                   .list = folder_ / "list.tsv",
                                                   .root = folder_ / "videos",
                                                   .segments = 4,
                                                   .batch = kVideos,
                                                   .sorting = "transcripts"});
    config.epochs = 6;  // of two steps
    config.objective.mask_ratio = 0.5;
    return config;
  }

 private:
  static constexpr const char* kModel = R"({"name": "tiny", "kind": "B", "activation": "quick_gelu", "embed_dim": 16,
    "video": {"width": 16, "layers": 2, "heads": 2, "patch_size": 8, "image_size": 16, "num_frames": 4},
    "text": {"width": 16, "layers": 2, "heads": 2, "context_length": 16, "vocab_size": 600}})";

  // Five seconds, a word at each half second.
  static std::string annotation(const std::string& word) {
    nlohmann::json json = {
        {"subtitles", nlohmann::json::array()}, {"denoised", nlohmann::json::array()}, {"info", {{"duration", 5}}}};
    for (int i = 0; i < 10; ++i)
      json["subtitles"].push_back({{"word", word + std::to_string(i)}, {"time", 0.5 * i + 0.1}});
    return json.dump();
  }

  TrainConfig common(const std::string& output) const {
    TrainConfig config;
    config.output = folder_ / output;
    config.model = folder_ / "model.json";
    config.seed = 5;
    config.epochs = 12;
    config.optimizer.rate_new = config.optimizer.rate_clip = 3e-3;
    config.optimizer.milestones = {};
    config.log_every_steps = 1;
    config.freeze.text_layers = 1;
    return config;
  }

  TemporaryFolder folder_;
};

inline std::string run_alone(const TrainConfig& config, std::stop_token stop = {}) {
  Collective alone;
  return train(config, {.vocabulary_path = TVTS_VOCABULARY, .code_version = "test"}, alone, std::move(stop));
}

inline std::vector<nlohmann::json> log_of(const TrainConfig& config) {
  std::vector<nlohmann::json> records;
  std::ifstream file(config.output + "/log.jsonl");
  for (std::string line; std::getline(file, line);) records.push_back(nlohmann::json::parse(line));
  return records;
}

// The log without what depends on the clock.
inline std::vector<nlohmann::json> steps_of(const TrainConfig& config) {
  std::vector<nlohmann::json> records = log_of(config);
  for (nlohmann::json& record : records) {
    for (const char* key : {"clips_per_second", "wait_share", "seconds"}) record.erase(key);
  }
  return records;
}

}  // namespace tvts::test
