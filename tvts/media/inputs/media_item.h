// One thing to embed: a file, a part of one, or a member of a tar shard; with what is known before it is decoded.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tvts/core/file_status.h"

namespace tvts {

struct MediaItem {
  std::string path;                                       // as found, raw bytes; in a shard "shards/00000.tar/KEY.mp4"
  std::string key;                                        // short name: file stem, shard key, or given by a table
  std::optional<double> start_seconds, end_seconds;       // only [start, end) of it; both finite, 0 <= start < end
  std::string caption, label;                             // where the input states them; raw bytes
  std::int64_t size_bytes = -1;                           // with modified_ns: detects a changed file. -1: not known
  std::int64_t modified_ns = -1;                          // since 1970; of a shard's member: the shard's
  std::shared_ptr<const std::vector<std::byte>> content;  // a shard's member, whole; null for a file
  std::vector<std::string> warnings;                      // it can be read, but something beside it was odd
  std::string error;                                      // not empty: it cannot be read at all, and why
};

// After file_status() gave nothing: what errno says, and the likely cause where the file is not there.
std::string why_absent(const std::string& path);

// The item of a file that may be missing or no regular file: then with its error. A key that is empty becomes the stem.
MediaItem with_status(MediaItem item);
MediaItem failed_item(std::string path, std::string error);

}  // namespace tvts
