// Tar shards, read from the start to the end for embedding and indexed for training.
#include "fuzz/support/input_file.h"
#include "fuzz/support/target.h"
#include "tvts/core/error.h"
#include "tvts/media/inputs/shard_reader.h"

namespace tvts::fuzz {

void one_input(Bytes input) {
  ShardReader reader(input_file("shard.tar", input), std::size_t{1} << 20);
  while (const auto item = reader.next()) TVTS_ASSERT(item->content != nullptr || !item->error.empty());
}

}  // namespace tvts::fuzz
