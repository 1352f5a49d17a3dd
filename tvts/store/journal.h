// The finished groups of a shard that is not yet complete: records appended to one file, each with its length and
// checksum, so that whatever a kill or a crash leaves of the last one is recognised and dropped.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tvts/core/append_file.h"

namespace tvts {

// The bytes that the group adds to each of the shard's files.
struct JournalGroup {
  uint64_t items = 0;
  uint64_t rows = 0;
  std::string_view row_lines;  // each with its line end
  std::string_view error_lines;
  std::string_view embeddings;  // bytes of float32 [rows, E]
};

struct JournalContent {
  std::shared_ptr<const std::string> bytes;  // of the file, which the rest points into
  std::string_view tag;
  std::vector<JournalGroup> groups;
  std::size_t valid_bytes = 0;  // what follows is the rest of an interrupted append
};

// Nothing valid: an empty tag and no groups. `dim` is E; a group of another one is not valid.
JournalContent read_journal(const std::string& path, std::size_t dim);

class Journal {
 public:
  // Starts a new journal. The tag says what the groups belong to.
  static Journal create(const std::string& path, std::string_view tag);
  // Goes on after the valid part of an existing one.
  static Journal resume(const std::string& path, const JournalContent& content);

  // On return the group is on the disk. Throws Error(kFailed), and then the journal is as before.
  void append(const JournalGroup& group);

 private:
  explicit Journal(AppendFile file) : file_(std::move(file)) {}
  void append_record(std::string_view head, const std::vector<std::string_view>& blocks);

  AppendFile file_;
};

// FNV-1a over the bytes, going on from `hash`.
uint64_t fnv1a(std::string_view bytes, uint64_t hash = 0xcbf29ce484222325ULL);

}  // namespace tvts
