// A folder of imaginary videos, "embedded" by a rule that depends on the item alone, and the files that come of it.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <map>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/error_text.h"
#include "tests/support/temporary_folder.h"
#include "tvts/store/store_reader.h"
#include "tvts/store/store_writer.h"

namespace tvts::test {

constexpr std::size_t kDim = 5;

// In memory where there is such a file system: the tests write many small files through to the disk.
class StoreFolder : public TemporaryFolder {
 public:
  StoreFolder() : TemporaryFolder(::access("/dev/shm", W_OK) == 0 ? "/dev/shm" : temporary_parent()) {}
};

inline StoreHeader header() {
  StoreHeader header;
  header.model_path = "models/m.safetensors";
  header.model_name = "ViT-B-32";
  header.model_origin = "init seed 7";
  header.model_sha256 = std::string(64, 'a');
  header.embed_dim = kDim;
  header.preprocess = "clip";
  header.num_frames = 12;
  header.pool = "cls";
  header.precision = "fp32";
  return header;
}

inline ItemId item(const std::string& path, int64_t version = 1) {
  ItemId item = {.path = path, .key = path.substr(0, path.find('.')), .size = 100 + version};
  item.mtime = 1'700'000'000'000'000'000 + version;
  return item;
}

// As a store keeps it: with the folder that a relative path starts in.
inline ItemId seen_here(ItemId item) {
  item.folder = std::filesystem::current_path().native();
  return item;
}

inline std::vector<ItemId> items(int count) {
  std::vector<ItemId> all;
  for (int i = 0; i < count; ++i) all.push_back(item("clip" + std::to_string(i) + ".mp4"));
  return all;
}

// Items whose path has "bad" in it fail.
inline ItemResult embed(const ItemId& item) {
  if (item.path.find("bad") != std::string::npos) return {{}, "unreadable", "no frame of " + item.path};
  std::seed_seq seed(item.path.begin(), item.path.end());
  std::mt19937 random(seed);
  random.discard(static_cast<unsigned long long>(item.size));
  ItemResult result;
  const std::size_t windows = 1 + random() % 3;
  for (std::size_t w = 0; w < windows; ++w) {
    EmbeddedRow row;
    for (std::size_t i = 0; i < kDim; ++i) row.embedding.push_back(static_cast<float>(random() % 2001) / 1000.0F - 1);
    row.info.start = static_cast<double>(w) * 2.5;
    row.info.end = row.info.start + 2.5;
    row.info.duration = 7.1;
    row.info.frame_seconds = {row.info.start, row.info.start + 1.0 / 3};
    row.info.frames_found = 71;
    row.info.neutral = ScoreStatistics{0.1, 0.02};
    result.rows.push_back(row);
  }
  return result;
}

inline std::vector<ItemResult> embed_group(const std::vector<ItemId>& all, const std::vector<std::size_t>& group) {
  std::vector<ItemResult> results;
  for (const std::size_t index : group) results.push_back(embed(all[index]));
  return results;
}

inline StoreOptions small_shards() {
  StoreOptions options;
  options.shard_size = 5;
  options.group_size = 2;
  return options;
}

struct RunResult {
  StorePlan plan;
  StoreSummary summary;
};

inline RunResult run(const std::string& dir, const std::vector<ItemId>& all,
                     const StoreOptions& options = small_shards()) {
  StoreWriter writer(dir, header(), options);
  RunResult result;
  result.plan = writer.plan(all);
  for (const auto& group : result.plan.groups) writer.add_group(embed_group(all, group));
  result.summary = writer.finish();
  return result;
}

// Stops before the group of that number.
inline void run_until(const std::string& dir, const std::vector<ItemId>& all, std::size_t groups,
                      const StoreOptions& options = small_shards()) {
  StoreWriter writer(dir, header(), options);
  const StorePlan plan = writer.plan(all);
  for (std::size_t g = 0; g < std::min(groups, plan.groups.size()); ++g) {
    writer.add_group(embed_group(all, plan.groups[g]));
  }
}

inline std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

inline void write_file(const std::string& path, const std::string& content) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << content;
}

// Every file below the folder, the statistics' content aside.
inline std::map<std::string, std::string> snapshot(const std::string& dir) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(dir)) {
    if (!entry.is_regular_file()) continue;
    const std::string name = std::filesystem::relative(entry.path(), dir).native();
    files[name] = name.starts_with("_stats/") ? "" : read_file(entry.path());
  }
  return files;
}

inline void copy_folder(const std::string& from, const std::string& to) {
  std::filesystem::remove_all(to);
  std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
}

}  // namespace tvts::test
