#include "tests/media/inputs/tar_maker.h"

#include <archive.h>
#include <archive_entry.h>

#include <stdexcept>

#include "tvts/media/inputs/archive_ptr.h"

namespace tvts::test {

std::string make_tar(const Members& members, TarForm form) {
  std::size_t capacity = 1 << 20;
  for (const auto& [name, content] : members) capacity += name.size() + content.size() + 4096;
  std::string tar(capacity, '\0');
  std::size_t used = 0;
  const ArchivePtr writer(archive_write_new());
  archive* out = writer.get();
  if (form == TarForm::kUstar) archive_write_set_format_ustar(out);
  if (form == TarForm::kGnu) archive_write_set_format_gnutar(out);
  if (form >= TarForm::kPax && form != TarForm::kGnu) archive_write_set_format_pax(out);
  if (form == TarForm::kPaxGzip) archive_write_add_filter_gzip(out);
  if (form == TarForm::kPaxZstd) archive_write_add_filter_zstd(out);
  archive_write_set_bytes_in_last_block(out, 1);
  archive_write_open_memory(out, tar.data(), tar.size(), &used);
  for (const auto& [name, content] : members) {
    const ArchiveEntryPtr entry(archive_entry_new());
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_filetype(entry.get(), name.ends_with('/') ? AE_IFDIR : AE_IFREG);
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
    if (archive_write_header(out, entry.get()) < ARCHIVE_WARN) throw std::runtime_error(archive_error_string(out));
    archive_write_data(out, content.data(), content.size());
  }
  if (archive_write_close(out) != ARCHIVE_OK) throw std::runtime_error(archive_error_string(out));
  tar.resize(used);
  return tar;
}

}  // namespace tvts::test
