// A store opened for search: either the folder form (OUT/) or one file v.npy with v.jsonl beside it. The numbers stay
// in mapped files, the lines are copied. What is read is checked: shapes against line counts, every line, every number
// finite.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tvts/media/inputs/row.h"
#include "tvts/store/store_header.h"

namespace tvts {

class MappedFile;

class Store {
 public:
  // Throws Error(kInput) naming file and line or row. Shards that are not finished are left out.
  static Store open(const std::string& path);

  // Nothing for the single-file form.
  const std::optional<StoreHeader>& header() const { return header_; }

  std::size_t dim() const { return dim_; }           // E
  std::size_t size() const { return rows_.size(); }  // rows that are searched: marked ones are left out
  std::size_t videos() const { return videos_; }     // different files among them
  std::size_t marked() const { return marked_; }

  std::span<const float> embedding(std::size_t row) const { return {rows_[row].embedding, dim_}; }
  // Rows of one file have one number in [0, videos()).
  std::size_t video(std::size_t row) const { return rows_[row].video; }
  const std::optional<ScoreStatistics>& neutral(std::size_t row) const { return rows_[row].neutral; }
  // Parsed from the metadata's text at each call.
  StoredRow describe(std::size_t row) const;

  // Throws Error(kInput) when a file of numbers has become shorter since it was opened. For a check before they are
  // used again.
  void check_sizes() const;

 private:
  struct Row {
    const float* embedding;
    const char* line;
    uint32_t line_size;
    uint32_t video;
    std::optional<ScoreStatistics> neutral;
  };
  friend class StoreLoader;

  std::vector<std::shared_ptr<const MappedFile>> numbers_;
  std::vector<std::shared_ptr<const std::string>> metadata_;
  std::optional<StoreHeader> header_;
  std::size_t dim_ = 0;
  std::size_t videos_ = 0;
  std::size_t marked_ = 0;
  std::vector<Row> rows_;
};

}  // namespace tvts
