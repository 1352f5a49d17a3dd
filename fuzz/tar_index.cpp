// The index of a tar file: every member begins inside the file.
#include "tvts/train/corpora/tar_index.h"

#include "fuzz/support/input_file.h"
#include "fuzz/support/target.h"
#include "tvts/core/error.h"

namespace tvts::fuzz {

void one_input(Bytes input) {
  for (const TarMember& member : index_tar(InputFile(input_file("shard.tar", input)))) {
    TVTS_ASSERT(member.offset >= 0 && member.size >= 0);
    TVTS_ASSERT(static_cast<std::size_t>(member.offset) <= input.size());
  }
}

}  // namespace tvts::fuzz
