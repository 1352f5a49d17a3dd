#include "tvts/media/inputs/tar_stream.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "tvts/core/error.h"
#include "tvts/media/inputs/shard_samples.h"

namespace tvts {
namespace {

constexpr std::size_t kChunkBytes = std::size_t{1} << 20;

std::string reason_of(archive* reader) {
  const char* text = archive_error_string(reader);
  return text != nullptr ? text : "it cannot be read";
}

}  // namespace

TarStream::TarStream(const std::string& path, std::int64_t offset) : offset_(offset), archive_(archive_read_new()) {
  TVTS_ASSERT(archive_ != nullptr);
  archive_read_support_format_tar(archive_.get());
  archive_read_support_filter_gzip(archive_.get());
  archive_read_support_filter_zstd(archive_.get());
  file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file_ < 0) fail_input(errno_text());
  if (::lseek(file_, offset, SEEK_SET) != offset ||
      archive_read_open_fd(archive_.get(), file_, kChunkBytes) != ARCHIVE_OK) {
    const std::string reason = reason_of(archive_.get());
    ::close(file_);
    fail_input(reason);
  }
}

TarStream::~TarStream() {
  archive_.reset();
  ::close(file_);
}

std::optional<std::string> TarStream::next() {
  const int result = archive_read_next_header(archive_.get(), &entry_);
  if (result == ARCHIVE_EOF) return std::nullopt;
  // A warning: a name in another encoding, which is kept as it is.
  if (result != ARCHIVE_OK && result != ARCHIVE_WARN) fail_input(reason_of(archive_.get()));
  const char* raw = archive_entry_pathname(entry_);
  return std::string(member_name(raw != nullptr ? raw : ""));
}

std::optional<std::int64_t> TarStream::header_offset() const {
  if (archive_filter_code(archive_.get(), 0) != ARCHIVE_FILTER_NONE) return std::nullopt;
  return offset_ + archive_read_header_position(archive_.get());
}

std::optional<std::vector<std::byte>> TarStream::read(std::size_t max_bytes, std::string& reason) {
  if (archive_entry_filetype(entry_) != AE_IFREG || archive_entry_hardlink(entry_) != nullptr) {
    reason = "it is not a regular file in its shard";
    return std::nullopt;
  }
  const la_int64_t size = archive_entry_size(entry_);
  if (size < 0 || static_cast<std::uint64_t>(size) > max_bytes) {
    reason = concat("it has ", size, " bytes, more than the ", max_bytes, " allowed");
    return std::nullopt;
  }
  // Grows with what is really there: a header may state more than the shard holds.
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

}  // namespace tvts
