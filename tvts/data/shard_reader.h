// The samples of a WebDataset shard: a tar file (plain, gzip or zstd) in which the members of a sample follow one
// another and share the name up to the first dot, KEY.mp4 KEY.txt KEY.json.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "tvts/data/archive_ptr.h"
#include "tvts/data/media_item.h"

namespace tvts {

// Reads from the start to the end with one sample in memory at a time. Never throws for what is in the file.
class ShardReader {
 public:
  ShardReader(std::string path, std::size_t max_member_bytes);

  // Each sample's first video, else its first image. An item with an error for a further video of a sample, for a
  // member that is too long or no regular file, for a shard without any sample, and, as the last, where it is broken.
  std::optional<MediaItem> next();

 private:
  struct Sample {
    std::string key, caption, json_caption, label;
    std::optional<MediaItem> item;
    std::vector<std::string> warnings;
    bool has_video = false;
  };

  void read_member();
  void take_media(const std::string& name, archive_entry* entry, bool is_video);
  void take_text(const std::string& name, archive_entry* entry);
  void take_json(const std::string& text);
  // The member's bytes; nothing, with the reason, when it is too long or no file. Throws Error when the shard breaks.
  std::optional<std::vector<std::byte>> read_content(archive_entry* entry, std::size_t max_bytes, std::string& reason);
  void give(MediaItem item);
  void end_sample();

  std::string path_;
  std::size_t max_member_bytes_;
  std::int64_t modified_ns_ = -1;
  ArchivePtr archive_;  // null: at the end
  Sample sample_;
  std::deque<MediaItem> ready_;
  bool gave_any_ = false;
};

}  // namespace tvts
