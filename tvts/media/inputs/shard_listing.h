// Lists the samples of a shard with their texts in a first pass over it, so that each video gets its texts wherever
// they stand in the shard (tvts/media/inputs/shard_samples.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tvts {

struct ListedSample {
  std::string name;                           // of its video or image
  std::size_t index = 0;                      // of that among all members
  std::optional<std::int64_t> header_offset;  // of a plain tar
  std::string key, caption, label;
  std::vector<std::string> warnings;
};

struct ShardListing {
  std::vector<ListedSample> samples;  // those before the break
  std::string error;                  // not empty: the shard is broken, and why
};

ShardListing list_shard(const std::string& path);

}  // namespace tvts
