#include "tvts/data/shard_reader.h"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <span>
#include <utility>

#include "tvts/core/error.h"
#include "tvts/data/media_names.h"
#include "tvts/json/fields.h"

namespace tvts {
namespace {

constexpr std::size_t kMaxTextBytes = std::size_t{1} << 20;  // of a caption or a JSON member
constexpr std::size_t kChunkBytes = std::size_t{1} << 20;

std::string reason_of(archive* reader) {
  const char* text = archive_error_string(reader);
  return text != nullptr ? text : "it cannot be read";
}

ArchivePtr open_tar(const std::string& path) {
  ArchivePtr reader(archive_read_new());
  TVTS_ASSERT(reader != nullptr);
  archive_read_support_format_tar(reader.get());
  archive_read_support_filter_gzip(reader.get());
  archive_read_support_filter_zstd(reader.get());
  if (archive_read_open_filename(reader.get(), path.c_str(), kChunkBytes) != ARCHIVE_OK) {
    fail_input(reason_of(reader.get()));
  }
  return reader;
}

// "dir/KEY.en.txt" -> "dir/KEY"
std::string sample_key(const std::string& name) {
  const std::size_t base = name.size() - base_name(name).size();
  return name.substr(0, name.find('.', base));
}

std::string member_name(archive_entry* entry) {
  const char* raw = archive_entry_pathname(entry);
  std::string name = raw != nullptr ? raw : "";
  while (name.starts_with("./")) name.erase(0, 2);
  return name;
}

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

}  // namespace

ShardReader::ShardReader(std::string path, std::size_t max_member_bytes)
    : path_(std::move(path)), max_member_bytes_(max_member_bytes) {
  MediaItem shard;
  shard.path = path_;
  shard = with_status(std::move(shard));
  modified_ns_ = shard.modified_ns;
  if (!shard.error.empty()) {
    give(std::move(shard));
    return;
  }
  try {
    archive_ = open_tar(path_);
  } catch (const Error& error) {
    give(failed_item(path_, concat("the shard cannot be read: ", error.what())));
  }
}

std::optional<MediaItem> ShardReader::next() {
  while (ready_.empty() && archive_ != nullptr) {
    try {
      read_member();
    } catch (const Error& error) {
      archive_ = nullptr;
      end_sample();
      give(failed_item(path_, concat("the shard is broken here: ", error.what(), "; what follows is lost")));
    }
  }
  if (ready_.empty()) return std::nullopt;
  MediaItem item = std::move(ready_.front());
  ready_.pop_front();
  return item;
}

void ShardReader::read_member() {
  archive_entry* entry = nullptr;
  const int result = archive_read_next_header(archive_.get(), &entry);
  if (result == ARCHIVE_EOF) {
    archive_ = nullptr;
    end_sample();
    if (!gave_any_) give(failed_item(path_, "the shard holds no video and no image"));
    return;
  }
  // A warning: a name in another encoding, which is kept as it is.
  if (result != ARCHIVE_OK && result != ARCHIVE_WARN) fail_input(reason_of(archive_.get()));

  const std::string name = member_name(entry);
  if (base_name(name).empty() || base_name(name).starts_with('.')) return;
  if (std::string key = sample_key(name); key != sample_.key) {
    end_sample();
    sample_.key = std::move(key);
  }
  const NameKind kind = kind_of_name(name);
  if (is_media(kind)) return take_media(name, entry, kind == NameKind::kVideo);
  take_text(name, entry);
}

void ShardReader::take_media(const std::string& name, archive_entry* entry, bool is_video) {
  if (!is_video && sample_.item) return;
  MediaItem item = failed_item(path_ + "/" + name, "");
  item.key = sample_.key;
  if (is_video && sample_.has_video) {
    item.error = "it is a second video of its sample, which gives one";
    return give(std::move(item));
  }
  auto content = read_content(entry, max_member_bytes_, item.error);
  if (content) {
    item.size_bytes = static_cast<std::int64_t>(content->size());
    item.modified_ns = modified_ns_;
    item.content = std::make_shared<const std::vector<std::byte>>(std::move(*content));
  }
  sample_.item = std::move(item);
  sample_.has_video = is_video;
}

void ShardReader::take_text(const std::string& name, archive_entry* entry) {
  const bool is_caption = has_extension(name, ".txt"), is_label = has_extension(name, ".cls");
  const bool is_json = has_extension(name, ".json") && sample_key(name) + ".json" == name;
  if (!is_caption && !is_label && !is_json) return;
  std::string reason;
  const auto content = read_content(entry, kMaxTextBytes, reason);
  if (!content) {
    sample_.warnings.push_back(concat(base_name(name), " is not used: ", reason));
    return;
  }
  const std::string text(reinterpret_cast<const char*>(content->data()), content->size());
  if (is_caption) sample_.caption = trimmed(text);
  if (is_label) sample_.label = trimmed(text);
  if (is_json) take_json(text);
}

void ShardReader::take_json(const std::string& text) {
  try {
    sample_.json_caption = optional_field<std::string>(parse_json_object(text), "caption").value_or("");
  } catch (const Error& error) {
    sample_.warnings.push_back(concat("the JSON member is not used: ", error.what()));
  }
}

std::optional<std::vector<std::byte>> ShardReader::read_content(archive_entry* entry, std::size_t max_bytes,
                                                                std::string& reason) {
  if (archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != nullptr) {
    reason = "it is not a regular file in its shard";
    return std::nullopt;
  }
  const la_int64_t size = archive_entry_size(entry);
  if (size < 0 || static_cast<std::uint64_t>(size) > max_bytes) {
    reason = concat("it has ", size, " bytes, more than the ", max_bytes, " allowed");
    return std::nullopt;
  }
  // Grows with what is really there: a header may promise more than the shard holds.
  std::vector<std::byte> content;
  const auto promised = static_cast<std::size_t>(size);
  while (content.size() < promised) {
    const std::size_t begin = content.size();
    content.resize(begin + std::min(promised - begin, std::max(kChunkBytes, begin)));
    const la_ssize_t read = archive_read_data(archive_.get(), content.data() + begin, content.size() - begin);
    if (read < 0) fail_input(reason_of(archive_.get()));
    if (read == 0) fail_input("a member ends early");
    content.resize(begin + static_cast<std::size_t>(read));
  }
  return content;
}

void ShardReader::give(MediaItem item) {
  gave_any_ = true;
  ready_.push_back(std::move(item));
}

void ShardReader::end_sample() {
  Sample sample = std::exchange(sample_, {});
  if (!sample.item) return;
  sample.item->caption = sample.caption.empty() ? sample.json_caption : sample.caption;
  sample.item->label = sample.label;
  sample.item->warnings = std::move(sample.warnings);
  give(std::move(*sample.item));
}

}  // namespace tvts
