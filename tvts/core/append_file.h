// A file that grows by whole pieces: each is there in full, or not at all.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tvts {

class AppendFile {
 public:
  // Makes the file where there is none; what it has beyond `size` is cut off. Throws Error(kFailed).
  AppendFile(std::string path, std::size_t size);
  AppendFile(AppendFile&& other) noexcept;
  AppendFile& operator=(AppendFile&&) = delete;
  ~AppendFile();

  enum class Flush { kYes, kNo };
  // On return the piece is written, and with kYes on the disk. Throws Error(kFailed), and then the file is as before.
  void append(std::string_view piece, Flush flush);

  const std::string& path() const { return path_; }

 private:
  [[noreturn]] void fail_with_errno() const;

  std::string path_;
  int file_ = -1;
  std::size_t size_;
};

}  // namespace tvts
