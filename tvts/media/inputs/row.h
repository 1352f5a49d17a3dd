// The values that the embedding loop, the store and the search exchange: items (the inputs), rows (their embeddings)
// and the one line of JSON that each row or failure is on disk (docs/formats-store.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tvts {

// One input: a file, or the part [start, end) of it that a table requested. Two items that are the same part of the
// same file have the same location (tvts/store/item_locations.h); when size or time differ, what is there has changed.
// Texts are raw bytes, UTF-8 or not.
struct ItemId {
  std::string path;                                     // as the rows will show it
  std::string key;                                      // short name, for people
  int64_t size = -1;                                    // bytes; -1: not known
  int64_t mtime = -1;                                   // nanoseconds since 1970; -1: not known
  std::optional<double> start;                          // seconds
  std::optional<double> end;                            // seconds
  std::string caption, label;                           // as the input states them; empty: not written
  std::vector<std::string> more_captions, more_labels;  // of inputs that name the location again
  std::string folder;  // absolute: where a relative path starts; empty: not known, or the path is absolute
  bool operator==(const ItemId&) const = default;
};

// The part that is requested, as some bytes: the same for two items of the same start and end.
std::string part_of(const ItemId& item);

// An item's scores against a bank of texts that have nothing to do with it (tvts/store/significance.h).
struct ScoreStatistics {
  double mean = 0;
  double deviation = 0;
  bool operator==(const ScoreStatistics&) const = default;
};

// The extent of one embedding: a whole video or one window of it.
struct RowInfo {
  double start = 0;                // seconds, of the window
  double end = 0;                  // seconds
  std::optional<double> duration;  // seconds, of the whole video
  std::optional<double> fps;
  std::vector<double> frame_seconds;  // of the frames used
  int64_t frames_promised = -1;       // by the container; -1: it does not say
  int64_t frames_found = 0;
  int64_t decode_errors = 0;
  std::vector<std::string> warnings;
  std::string tokens;  // the file of its token features, seen from the folder that the rows are found by; empty: none
  std::optional<ScoreStatistics> neutral;
  bool operator==(const RowInfo&) const = default;
};

struct EmbeddedRow {
  std::vector<float> embedding;  // [E]
  RowInfo info;
};

// The result of one item: at least one row, or an error.
struct ItemResult {
  std::vector<EmbeddedRow> rows;
  std::string status;         // of a failure: a word, "unreadable", "timeout", ...
  std::string error_message;  // of a failure: a sentence
};

// Why a stored row is no longer searched.
enum class Mark { kNone, kReplaced, kVanished };

struct StoredRow {
  ItemId item;
  RowInfo info;
  Mark mark = Mark::kNone;
  bool operator==(const StoredRow&) const = default;
};

// One line of JSON without its line end. The same values give the same bytes, and reading them back the same values,
// but for bytes that are not UTF-8: of those only the path's survive.
std::string row_line(const StoredRow& row);
std::string error_line(const ItemId& item, const std::string& status, const std::string& error_message);

// Read such lines. Throw Error(kInput) naming the field that is missing, of the wrong kind, or impossible: a time that
// is negative or not finite, an end before its start, a count below 0.
StoredRow parse_row_line(std::string_view line);
ItemId parse_error_line(std::string_view line);

}  // namespace tvts
