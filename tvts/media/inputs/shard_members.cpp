#include "tvts/media/inputs/shard_members.h"

#include "tvts/media/inputs/media_names.h"

namespace tvts {

MediaItem ShardMembers::find(const std::string& shard, const std::string& path) {
  if (!reader_ || shard != shard_) reader_.emplace(shard, max_member_bytes_);
  shard_ = shard;
  return reader_->find(path);
}

std::optional<std::string> shard_in_path(const std::string& path) {
  for (std::size_t slash = path.find('/', 1); slash != std::string::npos; slash = path.find('/', slash + 1)) {
    std::string shard = path.substr(0, slash);
    if (kind_of_name(shard) != NameKind::kShard) continue;
    const auto status = file_status(shard);
    if (status && status->is_regular) return shard;
  }
  return std::nullopt;
}

}  // namespace tvts
