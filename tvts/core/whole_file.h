// Files that appear whole or not at all: written without a name in the same folder, then put under a temporary one and
// renamed. Where the file system or the kernel has no files without a name, under the temporary one from the start.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tvts {

class WholeFile {
 public:
  // Throws Error(kFailed) when the folder cannot be written to.
  explicit WholeFile(std::string path);
  // Removes the temporary file unless commit() was called.
  ~WholeFile();
  WholeFile(const WholeFile&) = delete;
  WholeFile& operator=(const WholeFile&) = delete;

  // Throw Error(kFailed) naming the path and the system's reason (disk full, ...).
  void write(const void* data, std::size_t size);
  void write(std::string_view text) { write(text.data(), text.size()); }
  // Replaces bytes already written, from `offset` on; the next write() still goes to the end.
  void overwrite(std::size_t offset, std::string_view text);
  enum class Flush { kYes, kNo };
  // Flushes to the disk and renames into place. Without a flush a loss of power may leave a damaged file: for what can
  // be checked and made again.
  void commit(Flush flush = Flush::kYes);

 private:
  friend void commit_together(const std::vector<WholeFile*>& files);
  void flush_and_close(Flush flush);
  void put_in_place();
  std::string path_;
  std::string temporary_path_;
  int file_ = -1;           // until it is closed
  bool is_named_ = false;   // with the temporary name
  bool is_pending_ = true;  // not put in place
};

// Commits files that belong together, of which the last says that they all are there: until every one is on the disk
// none is put in place, and if that fails for one, none of them is left there, and none of the last one's name.
void commit_together(const std::vector<WholeFile*>& files);

void write_whole_file(const std::string& path, std::string_view content);

}  // namespace tvts
