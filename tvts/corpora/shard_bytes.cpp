#include "tvts/corpora/shard_bytes.h"

#include "tvts/core/error.h"
#include "tvts/core/mapped_file.h"

namespace tvts {

std::vector<std::byte> read_shard_bytes(const std::string& path, int64_t offset, int64_t size, std::size_t max_bytes) {
  const auto file = MappedFile::open(path);
  const Bytes bytes = file->bytes();
  const auto begin = static_cast<std::size_t>(offset), length = static_cast<std::size_t>(size);
  if (length > max_bytes) fail_input(path, ": found a member of ", size, " bytes, expected at most ", max_bytes);
  if (begin > bytes.size() || length > bytes.size() - begin) {
    fail_input(path, ": found ", bytes.size(), " bytes, expected a member at ", offset, " to ", offset, " + ", size,
               "; the shard is cut short");
  }
  const Bytes member = bytes.subspan(begin, length);
  return {member.begin(), member.end()};
}

}  // namespace tvts
