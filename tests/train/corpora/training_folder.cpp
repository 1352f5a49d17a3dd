#include "tests/train/corpora/training_folder.h"

#include "tvts/media/video/video_writer.h"

namespace tvts::test {

void write_grey_video(const std::string& path, const GreyVideo& video) {
  VideoWriter writer(
      path, {.width = video.width, .height = video.height, .frames_per_second = video.frames_per_second, .quality = 0});
  const auto bytes = static_cast<std::size_t>(3 * video.width * video.height);
  for (int i = 0; i < video.frames; ++i) {
    writer.write(std::vector<std::uint8_t>(bytes, static_cast<std::uint8_t>(10 * (i % 25) + 5)));
  }
  writer.finish();
}

int64_t frame_shown(std::uint8_t pixel) { return pixel / 10; }

TrainingFolder::TrainingFolder(int count, const GreyVideo& video) {
  std::string table = "path,caption\n";
  for (int i = 0; i < count; ++i) {
    const std::string name = "clip" + std::to_string(i) + ".mp4";
    if (i == 0) {
      write_grey_video(folder_ / name, video);
    } else {
      std::filesystem::copy_file(folder_ / "clip0.mp4", folder_ / name);
    }
    table += name + ",caption " + std::to_string(i) + "\n";
  }
  folder_.add("list.csv", table);
}

CorpusOptions TrainingFolder::table() const {
  return {.name = "test", .form = "table", .list = folder_ / "list.csv", .root = folder_.path()};
}

}  // namespace tvts::test
