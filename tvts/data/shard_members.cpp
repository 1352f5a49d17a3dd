#include "tvts/data/shard_members.h"

#include "tvts/data/media_names.h"

namespace tvts {

MediaItem ShardMembers::find(const std::string& shard, const std::string& path) {
  if (shard != shard_) reader_.reset();
  shard_ = shard;
  const auto search = [&]() -> std::optional<MediaItem> {
    while (auto item = reader_->next()) {
      if (item->path == path) return item;
    }
    return std::nullopt;
  };
  // On from where the last one stood, then from the start.
  auto found = reader_ ? search() : std::nullopt;
  if (!found) {
    reader_.emplace(shard, max_member_bytes_);
    found = search();
  }
  return found ? std::move(*found) : failed_item(path, "there is no such sample in " + shard);
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
