#include "tvts/store/store_folder.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string_view>

#include "tvts/core/error.h"
#include "tvts/core/folders.h"

namespace tvts {
namespace {

namespace fs = std::filesystem;

struct Kind {
  const char* folder;
  const char* prefix;
  const char* suffix;
};
// In the order of removal: a shard without its stats is no shard.
constexpr Kind kStats{"_stats", "", ".json"};
constexpr Kind kJournal{"_journal", "", ".bin"};
constexpr Kind kEmbeddings{"video_emb", "video_emb_", ".npy"};
constexpr Kind kMetadata{"metadata", "metadata_", ".jsonl"};
constexpr Kind kErrors{"_errors", "", ".jsonl"};
constexpr Kind kKinds[] = {kStats, kJournal, kEmbeddings, kMetadata, kErrors};

constexpr std::size_t kMostDigits = 12;

std::optional<std::size_t> shard_of(std::string_view name, const Kind& kind) {
  const std::string_view prefix = kind.prefix;
  const std::string_view suffix = kind.suffix;
  if (!name.starts_with(prefix) || !name.ends_with(suffix) || name.size() < prefix.size() + suffix.size() + 5)
    return {};
  const std::string_view digits = name.substr(prefix.size(), name.size() - prefix.size() - suffix.size());
  if (digits.size() > kMostDigits) return {};
  std::size_t shard = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), shard);
  if (error != std::errc() || end != digits.data() + digits.size()) return {};
  return shard;
}

// WholeFile's temporary names: NAME.PID.part.
bool is_temporary(std::string_view name) { return name.ends_with(".part"); }

// The files beside the folders that are written whole, under their temporary names too.
bool is_root_file(std::string_view name) {
  return name.starts_with("tvts.json.") || name.starts_with("errors.jsonl.") || name.starts_with("_retry.");
}

template <class Visit>
void for_each_file(const std::string& folder, Visit visit) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) visit(entry.path());
}

std::string folder_of(const std::string& dir, const Kind& kind) { return dir + "/" + kind.folder; }

std::vector<std::size_t> shards_with(const std::string& dir, const Kind& kind) {
  std::set<std::size_t> shards;
  for_each_file(folder_of(dir, kind), [&](const fs::path& path) {
    if (const auto shard = shard_of(path.filename().native(), kind)) shards.insert(*shard);
  });
  return {shards.begin(), shards.end()};
}

// Removes the files of one kind that the predicate picks by their shard, and temporary ones.
template <class Pick>
void remove_files(const std::string& dir, const Kind& kind, Pick pick) {
  std::vector<std::string> doomed;
  for_each_file(folder_of(dir, kind), [&](const fs::path& path) {
    const auto shard = shard_of(path.filename().native(), kind);
    if (is_temporary(path.filename().native()) || (shard && pick(*shard))) doomed.push_back(path.native());
  });
  std::for_each(doomed.begin(), doomed.end(), remove_file);
}

// Into a folder, under its own name; one that is not there is moved already.
void move_file(const fs::path& path, const std::string& folder) {
  const std::string to = folder + "/" + path.filename().native();
  if (std::rename(path.c_str(), to.c_str()) == 0 || errno == ENOENT) return;
  fail(ErrorKind::kFailed, "cannot move ", path.native(), " to ", to, ": ", errno_text());
}

// Those in the folder of that name, from below one folder to below another.
void move_files(const std::string& from, const std::string& name, const std::string& to) {
  std::vector<fs::path> all;
  for_each_file(from + "/" + name, [&](const fs::path& path) { all.push_back(path); });
  for (const fs::path& path : all) move_file(path, to + "/" + name);
}

}  // namespace

std::string StoreFolder::number(std::size_t shard) {
  char digits[24];
  std::snprintf(digits, sizeof digits, "%05zu", shard);
  return digits;
}

std::vector<std::size_t> StoreFolder::finished_shards() const { return shards_with(dir_, kStats); }
std::vector<std::size_t> StoreFolder::journals() const { return shards_with(dir_, kJournal); }

bool StoreFolder::holds_nothing() const {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(dir_, error)) {
    const std::string name = entry.path().filename().native();
    if (name != "_lock" && !(name.starts_with("tvts.json.") && is_temporary(name))) return false;
  }
  return true;
}

void StoreFolder::make_folders() const {
  for (const Kind& kind : kKinds) make_folder(dir_ + "/" + kind.folder);
}

void StoreFolder::remove_leftovers() const {
  const std::vector<std::size_t> finished = finished_shards();
  const auto is_finished = [&](std::size_t shard) {
    return std::binary_search(finished.begin(), finished.end(), shard);
  };
  const auto is_unfinished = [&](std::size_t shard) { return !is_finished(shard); };
  remove_files(dir_, kStats, [](std::size_t) { return false; });
  remove_files(dir_, kJournal, is_finished);
  for (const Kind& kind : {kEmbeddings, kMetadata, kErrors}) remove_files(dir_, kind, is_unfinished);
  for (const auto& entry : fs::directory_iterator(dir_)) {
    const std::string name = entry.path().filename().native();
    if (is_temporary(name) && is_root_file(name)) remove_file(entry.path().native());
  }
}

void StoreFolder::remove_content() const {
  for (const Kind& kind : kKinds) remove_files(dir_, kind, [](std::size_t) { return true; });
  remove_file(errors());
  remove_file(retry());
}

void StoreFolder::set_aside(std::size_t shard) const {
  make_folder(damaged());
  // Last the one by which it is a shard, so that an interrupted run is repeated.
  for (const std::string& path : {embeddings(shard), metadata(shard), shard_errors(shard), stats(shard)}) {
    move_file(path, damaged());
  }
}

void StoreFolder::take_content(const StoreFolder& other) const {
  make_folders();
  for (const Kind& kind : {kEmbeddings, kMetadata, kErrors}) move_files(other.dir_, kind.folder, dir_);
  if (fs::exists(other.tokens())) {
    make_folder(tokens());
    move_files(other.dir_, fs::path(tokens()).filename().native(), dir_);
  }
  move_file(other.errors(), dir_);
  move_files(other.dir_, kStats.folder, dir_);
}

}  // namespace tvts
