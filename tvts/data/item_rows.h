// The lines beside an embedding file: one JSON object for each row, one for each item that failed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tvts {

struct ClipRow {
  std::string key, path;              // raw bytes
  double start = 0, end = 0;          // seconds: the part of the video that the row is of
  double duration = 0;                // seconds, of the whole video
  double fps = 0;                     // mean frame rate
  std::vector<double> frame_seconds;  // of the frames used, on the video's clock
  std::int64_t frames_promised = -1;  // by the container; -1: it does not say
  std::int64_t frames_found = 0;
  std::int64_t decode_errors = 0;
  std::vector<std::string> warnings;
  std::string caption, label, model;  // label and model are written only where they are not empty
};

// Stands in errors.jsonl, which is a table and can be the next input: so it keeps what the item was given with.
struct ErrorRow {
  std::string key, path;             // raw bytes
  std::optional<double> start, end;  // seconds
  std::string caption, label;
  std::string status;  // a word for the kind of failure
  std::string error_message;
};

// One line of JSON with its line feed. Keys always in the same order, numbers in the shortest form that reads back
// equal, infinite and undefined numbers as null: equal rows give equal bytes.
std::string to_json_line(const ClipRow& row);
std::string to_json_line(const ErrorRow& row);

}  // namespace tvts
