#include "tvts/train/corpora/shard_bytes.h"

#include "tvts/core/error.h"
#include "tvts/core/input_file.h"

namespace tvts {

std::vector<std::byte> read_shard_bytes(const std::string& path, int64_t offset, int64_t size, std::size_t max_bytes) {
  const InputFile file(path);
  const auto begin = static_cast<std::uint64_t>(offset), length = static_cast<std::uint64_t>(size);
  if (length > max_bytes) fail_input(path, ": found a member of ", size, " bytes, expected at most ", max_bytes);
  if (begin > file.size() || length > file.size() - begin) {
    fail_input(path, ": found ", file.size(), " bytes, expected a member at ", offset, " to ", offset, " + ", size,
               "; the shard is cut short");
  }
  std::vector<std::byte> member(length);
  file.read(begin, member);
  return member;
}

}  // namespace tvts
