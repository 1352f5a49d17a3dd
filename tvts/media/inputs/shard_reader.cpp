#include "tvts/media/inputs/shard_reader.h"

#include <memory>
#include <utility>

#include "tvts/core/error.h"

namespace tvts {

ShardReader::ShardReader(std::string path, std::size_t max_member_bytes)
    : path_(std::move(path)), max_member_bytes_(max_member_bytes) {
  MediaItem shard;
  shard.path = path_;
  shard = with_status(std::move(shard));
  modified_ns_ = shard.modified_ns;
  error_ = shard.error;
  if (!error_.empty()) return;
  listing_ = list_shard(path_);
  if (!listing_.error.empty()) {
    error_ = concat("the shard is broken here: ", listing_.error, "; what follows is lost");
  } else if (listing_.samples.empty()) {
    error_ = "the shard holds no video and no image";
  }
}

std::optional<MediaItem> ShardReader::next() {
  while (next_sample_ < listing_.samples.size()) {
    const ListedSample& sample = listing_.samples[next_sample_++];
    try {
      return read_sample(sample);
    } catch (const Error& error) {
      // The break, which is reported below, may lie in the last one.
      if (listing_.error.empty()) return failed(sample, error);
    }
  }
  if (error_.empty()) return std::nullopt;
  return failed_item(path_, std::exchange(error_, ""));
}

MediaItem ShardReader::find(const std::string& path) {
  if (sample_at_.empty()) {
    for (std::size_t i = 0; i < listing_.samples.size(); ++i) sample_at_.try_emplace(item_path(listing_.samples[i]), i);
  }
  const auto found = sample_at_.find(path);
  if (found == sample_at_.end()) {
    return failed_item(path, "there is no such sample in " + path_ + (error_.empty() ? "" : ": " + error_));
  }
  const ListedSample& sample = listing_.samples[found->second];
  try {
    return read_sample(sample);
  } catch (const Error& error) {
    return failed(sample, error);
  }
}

MediaItem ShardReader::failed(const ListedSample& sample, const Error& error) {
  tar_.reset();
  MediaItem item = failed_item(item_path(sample), concat("it cannot be read from its shard: ", error.what()));
  item.key = sample.key;
  return item;
}

// Throws Error(kInput) where the shard is broken.
MediaItem ShardReader::read_sample(const ListedSample& sample) {
  MediaItem item = failed_item(item_path(sample), "");
  item.key = sample.key;
  item.caption = sample.caption;
  item.label = sample.label;
  item.warnings = sample.warnings;
  go_to(sample);
  auto content = tar_->read(max_member_bytes_, item.error);
  if (!content) return item;
  item.size_bytes = static_cast<std::int64_t>(content->size());
  item.modified_ns = modified_ns_;
  item.content = std::make_shared<const std::vector<std::byte>>(std::move(*content));
  return item;
}

// Throws Error(kInput).
void ShardReader::go_to(const ListedSample& sample) {
  if (!tar_ || sample.index < next_index_ || (sample.header_offset && sample.index > next_index_)) {
    tar_.emplace(path_, sample.header_offset.value_or(0));
    next_index_ = sample.header_offset ? sample.index : 0;
  }
  std::optional<std::string> name;
  while (next_index_ <= sample.index) {
    name = tar_->next();
    ++next_index_;
    if (!name) break;
  }
  if (name != sample.name) fail_input("it has changed while it was read; start again");
}

}  // namespace tvts
