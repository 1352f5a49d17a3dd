// Compares texts with the frames of a video. The frames come from a decoder of your own: here raw RGB on the standard
// input, height * width * 3 bytes a frame, as `ffmpeg -i a.mp4 -f rawvideo -pix_fmt rgb24 -` writes them.
//
//   describe_frames HEIGHT WIDTH TEXT...    one line a text: cosine, text
#include <tvts/api/clips.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <numeric>

namespace {

void describe(std::int64_t height, std::int64_t width, const std::vector<std::string>& texts) {
  const std::vector<char> bytes{std::istreambuf_iterator<char>(std::cin), {}};
  const tvts::api::Frames frames = {.rgb = {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()},
                                    .count = std::ssize(bytes) / (height * width * 3),
                                    .height = height,
                                    .width = width,
                                    .seconds = {}};
  const auto model = tvts::api::Model::load();  // the small model; give the path of a model file here
  const tvts::api::Clip clip = tvts::api::clip_of_frames(model, frames);
  const std::vector<float> video = tvts::api::encode_video(model, {&clip, 1});
  const std::vector<float> rows = tvts::api::encode_text(model, texts);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const auto row = rows.begin() + std::ssize(video) * static_cast<std::ptrdiff_t>(i);
    const float cosine = std::inner_product(video.begin(), video.end(), row, 0.0F);  // all rows have length 1
    std::printf("%.4f\t%s\n", cosine, texts[i].c_str());
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::int64_t height = argc > 3 ? std::atoll(argv[1]) : 0, width = argc > 3 ? std::atoll(argv[2]) : 0;
  if (height < 1 || width < 1) {
    std::cerr << "usage: describe_frames HEIGHT WIDTH TEXT...\n";
    return 2;
  }
  try {
    describe(height, width, {argv + 3, argv + argc});
  } catch (const tvts::Error& error) {
    std::cerr << error.what() << "\n";
    return error.exit_code();
  }
  return 0;
}
