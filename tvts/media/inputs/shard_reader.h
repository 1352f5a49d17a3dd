// The samples of a WebDataset shard: a tar file, plain, gzip or zstd (docs/inputs.md, Shards).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "tvts/core/error.h"
#include "tvts/media/inputs/media_item.h"
#include "tvts/media/inputs/shard_listing.h"
#include "tvts/media/inputs/tar_stream.h"

namespace tvts {

// Names and texts are read when it is made, then the videos as they are requested, one in memory at a time.
// Never throws for what is in the file.
class ShardReader {
 public:
  ShardReader(std::string path, std::size_t max_member_bytes);

  // The next sample. An item with an error for a video that is too long or no regular file, for a shard without any
  // sample, and, as the last, where the shard is broken.
  std::optional<MediaItem> next();

  // The sample of that path; an item with an error where there is none. Samples of a plain shard may be requested in
  // any order, of a compressed one in their own: each step back reads it from the start.
  MediaItem find(const std::string& path);

 private:
  MediaItem failed(const ListedSample& sample, const Error& error);
  MediaItem read_sample(const ListedSample& sample);
  void go_to(const ListedSample& sample);
  std::string item_path(const ListedSample& sample) const { return path_ + "/" + sample.name; }

  std::string path_;
  std::size_t max_member_bytes_;
  std::int64_t modified_ns_ = -1;
  std::string error_;  // of the whole shard; empty once it is given
  ShardListing listing_;
  std::unordered_map<std::string, std::size_t> sample_at_;  // by path; made by the first find()
  std::size_t next_sample_ = 0;
  std::size_t next_index_ = 0;  // of the member that tar_ gives next
  std::optional<TarStream> tar_;
};

}  // namespace tvts
