#include "tvts/media/inputs/npz.h"

#include <archive.h>
#include <archive_entry.h>

#include "tvts/core/error.h"
#include "tvts/core/npy.h"
#include "tvts/core/whole_file.h"
#include "tvts/media/inputs/archive_ptr.h"

namespace tvts {
namespace {

la_ssize_t write_part(archive* /*writer*/, void* file, const void* data, std::size_t size) {
  // No exception may pass through libarchive: the outer call sees -1 and reports what errno says.
  try {
    static_cast<WholeFile*>(file)->write(data, size);
    return static_cast<la_ssize_t>(size);
  } catch (const Error&) {
    return -1;
  }
}

class ZipWriter {
 public:
  explicit ZipWriter(const std::string& path) : path_(path), file_(path), zip_(archive_write_new()) {
    TVTS_ASSERT(zip_ != nullptr);
    check(archive_write_set_format_zip(zip_.get()));
    check(archive_write_zip_set_compression_store(zip_.get()));
    check(archive_write_open(zip_.get(), &file_, nullptr, write_part, nullptr));
  }

  void add(const NpzEntry& array) {
    const std::string header = npy_header(array.shape);
    const ArchiveEntryPtr entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), (array.name + ".npy").c_str());
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(header.size() + array.values.size_bytes()));
    // No time is set: the zip writer then puts the first of 1980, whatever the time zone.
    check(archive_write_header(zip_.get(), entry.get()));
    write(header.data(), header.size());
    write(array.values.data(), array.values.size_bytes());
    check(archive_write_finish_entry(zip_.get()));
  }

  void commit() {
    check(archive_write_close(zip_.get()));
    file_.commit();
  }

 private:
  void write(const void* data, std::size_t size) {
    if (archive_write_data(zip_.get(), data, size) != static_cast<la_ssize_t>(size)) check(ARCHIVE_FATAL);
  }
  void check(int result) const {
    if (result == ARCHIVE_OK) return;
    const char* reason = archive_error_string(zip_.get());
    fail(ErrorKind::kFailed, "cannot write ", path_, ": ", reason != nullptr ? std::string(reason) : errno_text());
  }

  std::string path_;
  WholeFile file_;
  ArchivePtr zip_;  // after file_, which it writes to when it is freed
};

}  // namespace

void write_npz(const std::string& path, const std::vector<NpzEntry>& entries) {
  ZipWriter writer(path);
  for (const NpzEntry& entry : entries) writer.add(entry);
  writer.commit();
}

}  // namespace tvts
