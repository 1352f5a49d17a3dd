// Random numbers from named streams: what is drawn depends on the seed and the name alone, not on threads, ranks,
// restarts or the machine.
#pragma once

#include <cstdint>
#include <string_view>

namespace tvts {

class RandomStream {
 public:
  // name: what the draws are for, such as "init/video_model.proj" or "mask/epoch 3/sample 17".
  RandomStream(std::uint64_t seed, std::string_view name);

  std::uint64_t next();
  double uniform();                          // [0, 1)
  std::uint64_t below(std::uint64_t bound);  // [0, bound), bound > 0

 private:
  std::uint64_t state_;
};

}  // namespace tvts
