// A file from outside, read by copying. What is parsed is read so and not mapped: a mapped file that another program
// cuts short while it is parsed ends this process (SIGBUS), a copied one is at worst an Error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace tvts {

// Const members may be called from many threads.
class InputFile {
 public:
  // Throws Error(kInput) when the path cannot be opened or is no regular file.
  explicit InputFile(std::string path);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  const std::string& path() const { return path_; }
  // In bytes, as it was when the file was opened.
  std::uint64_t size() const { return size_; }
  // The open file, for as long as this lives.
  int descriptor() const { return file_; }

  // The bytes [offset, offset + into.size()). Throws Error(kInput) when the file ends before or cannot be read.
  void read(std::uint64_t offset, std::span<std::byte> into) const;
  std::string text(std::uint64_t offset, std::size_t size) const;

 private:
  const std::string path_;
  int file_ = -1;
  std::uint64_t size_ = 0;
};

constexpr std::size_t kMostFileBytes = std::size_t{256} << 20;  // of a config, an annotation, a subtitle file
constexpr std::size_t kMostTableBytes = std::size_t{16} << 30;  // of a list, a table, a store's metadata

// The whole content of a file, or of a pipe up to its end. Throws Error(kInput) when it cannot be read or is longer
// than max_bytes.
std::string read_file(const std::string& path, std::size_t max_bytes = kMostFileBytes);

}  // namespace tvts
