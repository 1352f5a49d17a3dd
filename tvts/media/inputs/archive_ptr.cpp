#include "tvts/media/inputs/archive_ptr.h"

#include <archive.h>
#include <archive_entry.h>

namespace tvts {

void ArchiveFree::operator()(archive* reader_or_writer) const { archive_free(reader_or_writer); }
void ArchiveFree::operator()(archive_entry* entry) const { archive_entry_free(entry); }

}  // namespace tvts
