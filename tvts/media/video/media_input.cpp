#include "tvts/media/video/media_input.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

namespace tvts {
namespace {

constexpr int kBufferBytes = 1 << 16;

// Opens without waiting for the other end of a pipe, then refuses what is not a plain file.
int open_regular(const std::string& path, int64_t& size) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) fail_input("video ", path, ": ", errno_text());
  struct stat status {};
  if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(file);
    fail_input("video ", path, ": is not a regular file");
  }
  size = status.st_size;
  return file;
}

}  // namespace

MediaInput::MediaInput(const MediaBytes& media, const Budget& budget) : budget_(budget), content_(media.content) {
  if (content_ != nullptr) {
    size_ = static_cast<int64_t>(content_->size());
  } else {
    file_ = open_regular(media.path, size_);
  }
  if (size_ == 0) {
    if (file_ >= 0) ::close(file_);
    fail_input("video ", media.path, ": is empty");
  }
  auto* buffer = static_cast<std::uint8_t*>(av_malloc(kBufferBytes));
  if (buffer != nullptr) context_ = avio_alloc_context(buffer, kBufferBytes, 0, this, read, nullptr, seek);
  if (context_ == nullptr) {
    av_free(buffer);
    if (file_ >= 0) ::close(file_);
    throw std::bad_alloc();
  }
}

MediaInput::~MediaInput() {
  av_freep(&context_->buffer);
  avio_context_free(&context_);
  if (file_ >= 0) ::close(file_);
}

int MediaInput::read(void* opaque, std::uint8_t* buffer, int size) {
  auto& self = *static_cast<MediaInput*>(opaque);
  if (self.budget_.should_stop()) return AVERROR_EXIT;
  int64_t count = std::min<int64_t>(size, self.size_ - self.position_);
  if (count <= 0) return AVERROR_EOF;
  if (self.content_ != nullptr) {
    std::memcpy(buffer, self.content_->data() + self.position_, static_cast<std::size_t>(count));
  } else {
    count = ::pread(self.file_, buffer, static_cast<std::size_t>(count), self.position_);
    if (count < 0) return AVERROR(errno);
    if (count == 0) return AVERROR_EOF;  // the file has been cut since it was opened
  }
  self.position_ += count;
  return static_cast<int>(count);
}

int64_t MediaInput::seek(void* opaque, int64_t offset, int whence) {
  auto& self = *static_cast<MediaInput*>(opaque);
  if (whence & AVSEEK_SIZE) return self.size_;
  whence &= ~AVSEEK_FORCE;
  int64_t base = 0;
  if (whence == SEEK_CUR) base = self.position_;
  if (whence == SEEK_END) base = self.size_;
  int64_t target = 0;
  if (__builtin_add_overflow(base, offset, &target) || target < 0) return AVERROR(EINVAL);
  self.position_ = target;
  return target;
}

}  // namespace tvts
