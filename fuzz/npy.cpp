// NumPy arrays: what is read is written again byte for byte, where it is float32.
#include "tvts/core/npy.h"

#include "fuzz/support/input_file.h"
#include "fuzz/support/target.h"
#include "tvts/core/error.h"

namespace tvts::fuzz {

void one_input(Bytes input) {
  const NpyArray array = parse_npy(input, "input");
  std::size_t count = 1;
  for (const std::int64_t size : array.shape) count *= static_cast<std::size_t>(size);
  TVTS_ASSERT(count == array.element_count());
  if (array.type != NpyType::kFloat32) return;
  const std::string path = scratch_folder() + "/again.npy";
  write_npy(path, array.shape, array.float32());
  const NpyArray again = read_npy(path);
  TVTS_ASSERT(again.shape == array.shape &&
              std::equal(again.data.begin(), again.data.end(), array.data.begin(), array.data.end()));
}

}  // namespace tvts::fuzz
