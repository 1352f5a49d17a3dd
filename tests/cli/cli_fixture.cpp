#include "tests/cli/cli_fixture.h"

#include <filesystem>
#include <memory>
#include <sstream>

#include "tvts/media/video/video_writer.h"

namespace tvts::test {
namespace {

std::unique_ptr<TemporaryFolder> shared_folder;

constexpr const char* kTinyModel = R"({"name": "tiny", "kind": "B", "activation": "quick_gelu", "embed_dim": 32,
  "video": {"width": 64, "layers": 2, "heads": 1, "patch_size": 16, "image_size": 32, "num_frames": 4},
  "text": {"width": 32, "layers": 1, "heads": 1, "context_length": 77, "vocab_size": 1000}})";

}  // namespace

void draw_video(const std::string& path, int shape, int frames) {
  constexpr int kWidth = 96, kHeight = 64;
  VideoWriter writer(path, {.width = kWidth, .height = kHeight, .frames_per_second = 10, .quality = 18});
  std::vector<std::uint8_t> rgb(kWidth * kHeight * 3);
  for (int frame = 0; frame < frames; ++frame) {
    for (int y = 0; y < kHeight; ++y) {
      for (int x = 0; x < kWidth; ++x) {
        const bool inside = (x * (shape + 2) + y * (shape * 3 + 1) + frame * 4) / 16 % 2 == 0;
        auto* pixel = &rgb[static_cast<std::size_t>(y * kWidth + x) * 3];
        pixel[0] = static_cast<std::uint8_t>(inside ? 40 + 60 * (shape % 4) : 220);
        pixel[1] = static_cast<std::uint8_t>(inside ? 200 - 40 * (shape % 5) : 30 * shape);
        pixel[2] = static_cast<std::uint8_t>(x * 2 % 256);
      }
    }
    writer.write(rgb);
  }
  writer.finish();
}

void CliTest::SetUpTestSuite() {
  shared_folder = std::make_unique<TemporaryFolder>();
  write_text(shared("tiny.json"), kTinyModel);
  write_text(shared("labels.txt"), "dog\nrun\nswim\njump\ncook\nswim fast\n");
  const Outcome init =
      run_tvts({"init", "--model", shared("tiny.json"), "--seed", "7", "--output", shared("model.safetensors")});
  ASSERT_EQ(init.exit_code, 0) << init.err;
  std::filesystem::create_directory(shared("videos"));
  draw_video(shared("videos/circle.mp4"), 0, 24);
  draw_video(shared("videos/fade.mp4"), 1, 30);
  draw_video(shared("videos/square.mp4"), 2, 20);
}

void CliTest::TearDownTestSuite() { shared_folder.reset(); }

std::string CliTest::shared(const std::string& name) { return *shared_folder / name; }

Outcome make_world(const std::string& output, const std::string& options) {
  std::vector<std::string> command = {"data", "world", "--output", output};
  std::istringstream words(options);
  for (std::string word; words >> word;) command.push_back(word);
  return run_tvts(command);
}

std::vector<nlohmann::json> json_lines(const std::string& text) {
  std::vector<nlohmann::json> values;
  for (const std::string& line : lines_of(text)) {
    if (!line.empty()) values.push_back(nlohmann::json::parse(line));
  }
  return values;
}

}  // namespace tvts::test
