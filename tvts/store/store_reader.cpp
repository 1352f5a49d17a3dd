#include "tvts/store/store_reader.h"

#include <filesystem>
#include <limits>
#include <string_view>
#include <unordered_map>

#include "tvts/core/error.h"
#include "tvts/core/input_file.h"
#include "tvts/core/json/fields.h"
#include "tvts/core/mapped_file.h"
#include "tvts/store/item_locations.h"
#include "tvts/store/journal.h"
#include "tvts/store/shard_values.h"
#include "tvts/store/store_folder.h"

namespace tvts {
namespace {

// The same for two rows that show the same: the window of the part of the file.
std::string shown(const StoredRow& row) {
  const ItemId window = {.path = row.item.path, .start = row.info.start, .end = row.info.end};
  return concat(row.item.folder, '/', row.item.path, part_of(row.item), part_of(window), row.item.size, ' ',
                row.item.mtime);
}

}  // namespace

class StoreLoader {
 public:
  Store load(const std::string& path) {
    if (std::filesystem::is_directory(path)) {
      load_folder(StoreFolder(path));
    } else {
      load_pair(path, std::filesystem::path(path).replace_extension(".jsonl").native());
    }
    store_.videos_ = videos_.size();
    return std::move(store_);
  }

 private:
  void load_folder(const StoreFolder& folder) {
    if (!std::filesystem::exists(folder.header())) {
      fail_input(folder.dir(), " holds no embedding store: found no tvts.json; make one with `tvts embed`");
    }
    store_.header_ = read_store_header(folder.header());
    store_.dim_ = static_cast<std::size_t>(store_.header_->embed_dim);
    if (std::filesystem::exists(folder.complete_replacement().dir())) {
      fail_input(folder.dir(),
                 " is half replaced: a run of `tvts embed --overwrite` ends just now, or was killed at its end; if it "
                 "was, any `tvts embed` into it puts the rest in place");
    }
    for (const std::size_t shard : folder.finished_shards()) load_shard(folder, shard);
  }

  void load_shard(const StoreFolder& folder, std::size_t shard) {
    try {
      load_pair(folder.embeddings(shard), folder.metadata(shard));
    } catch (const Error& error) {
      fail(error.kind(), error.what(), "; `tvts embed` into ", folder.dir(),
           " embeds the videos of a damaged shard again");
    }
  }

  void load_pair(const std::string& npy_path, const std::string& jsonl_path) {
    const auto [npy, npy_file] = map_rows(npy_path);
    const auto rows = static_cast<std::size_t>(npy.shape[0]), dim = static_cast<std::size_t>(npy.shape[1]);
    if (store_.dim_ == 0) store_.dim_ = dim;
    if (dim != store_.dim_) fail_input(npy_path, ": found rows of ", dim, " numbers, expected ", store_.dim_);
    const auto lines = std::make_shared<const std::string>(read_file(jsonl_path, kMostTableBytes));
    npy_file->check_size();
    std::size_t row = 0;
    for_each_line(*lines, jsonl_path, [&](std::string_view line) {
      if (row < rows) add_row(npy.float32().data() + row * dim, line);
      ++row;
    });
    if (row != rows) {
      fail_input(jsonl_path, ": found ", row, " lines, expected one for each of the ", rows, " rows of ", npy_path);
    }
    store_.numbers_.push_back(npy_file);
    store_.metadata_.push_back(lines);
  }

  void add_row(const float* embedding, std::string_view line) {
    const StoredRow row = parse_row_line(line);
    if (!is_finite(embedding, store_.dim_)) fail_input("its embedding has values that are not finite; embed it again");
    if (row.mark != Mark::kNone) {
      store_.marked_ += 1;
      return;
    }
    if (line.size() > std::numeric_limits<uint32_t>::max()) fail_input("a line of ", line.size(), " bytes");
    if (store_.header_) check_first_of_its_kind(row);
    const auto video = static_cast<uint32_t>(videos_.try_emplace(spelled_path(row.item), videos_.size()).first->second);
    store_.rows_.push_back({embedding, line.data(), static_cast<uint32_t>(line.size()), video, row.info.neutral});
  }

  // A store has each window of each file once. (The single-file form has what its list names twice.)
  void check_first_of_its_kind(const StoredRow& row) {
    const auto [earlier, is_new] = row_of_hash_.try_emplace(fnv1a(shown(row)), store_.rows_.size());
    if (is_new || shown(store_.describe(earlier->second)) != shown(row)) return;
    fail_input("a second row of ", row.item.path, " from ", row.info.start, " s to ", row.info.end,
               " s, expected one; embed again into another folder");
  }

  Store store_;
  std::unordered_map<uint64_t, std::size_t> row_of_hash_;  // of shown()
  std::unordered_map<std::string, std::size_t> videos_;    // spelled_path() -> number
};

Store Store::open(const std::string& path) { return StoreLoader().load(path); }

void Store::check_sizes() const {
  for (const auto& file : numbers_) file->check_size();
}

StoredRow Store::describe(std::size_t row) const { return parse_row_line({rows_[row].line, rows_[row].line_size}); }

}  // namespace tvts
