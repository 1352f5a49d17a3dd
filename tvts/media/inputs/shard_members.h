// Finds single samples of shards by the names in a list of failures.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "tvts/media/inputs/media_item.h"
#include "tvts/media/inputs/shard_reader.h"

namespace tvts {

// The samples of shards by their paths, "shards/00000.tar/KEY.mp4". A shard is listed once for all of its samples that
// are requested one after another.
class ShardMembers {
 public:
  explicit ShardMembers(std::size_t max_member_bytes) : max_member_bytes_(max_member_bytes) {}
  MediaItem find(const std::string& shard, const std::string& path);

 private:
  std::size_t max_member_bytes_;
  std::string shard_;
  std::optional<ShardReader> reader_;
};

// The shard in the path of a member: the shortest beginning that ends before a '/' and is a file named as shards are.
std::optional<std::string> shard_in_path(const std::string& path);

}  // namespace tvts
