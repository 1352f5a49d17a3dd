// Small training data sets on disk, for tests: videos whose frames show their number as a grey level.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/temporary_folder.h"
#include "tvts/train/corpora/corpus.h"

namespace tvts::test {

struct GreyVideo {
  int frames = 20;
  int width = 64, height = 48;
  int frames_per_second = 10;
};

// Frame i has the grey level 10 * i + 5 all over.
void write_grey_video(const std::string& path, const GreyVideo& video);
// Which frame of a grey video these pixels are of.
int64_t frame_shown(std::uint8_t pixel);

// A table of `count` videos clip0.mp4 ... with the captions "caption 0" ...
class TrainingFolder {
 public:
  explicit TrainingFolder(int count, const GreyVideo& video = {});
  CorpusOptions table() const;
  std::string operator/(std::string_view name) const { return folder_ / name; }
  const TemporaryFolder& folder() const { return folder_; }

 private:
  TemporaryFolder folder_;
};

}  // namespace tvts::test
