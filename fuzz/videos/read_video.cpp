// fuzz_read_video FILE: a video through everything that reads videos, as one line of figures, or one line of error.
#include <cinttypes>
#include <cstdio>
#include <string>

#include "tvts/core/error.h"
#include "tvts/media/video/inspect.h"
#include "tvts/media/video/read_clips.h"
#include "tvts/media/video/read_frames.h"
#include "tvts/media/video/thumbnail.h"

namespace tvts {
namespace {

// Well below what a run of the program may take, which FFmpeg's own tables and the sanitizer's count towards.
constexpr std::size_t kMemoryBytes = std::size_t{128} << 20;
constexpr double kSeconds = 5;

// FNV-1a.
class Digest {
 public:
  void add(const void* bytes, std::size_t size) {
    const auto* at = static_cast<const unsigned char*>(bytes);
    for (std::size_t i = 0; i < size; ++i) value_ = (value_ ^ at[i]) * 1099511628211U;
  }
  template <class Values>
  void add(const Values& values) {
    add(values.data(), values.size() * sizeof values[0]);
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 14695981039346656037U;
};

ClipOptions options_with(Preprocess preprocess) {
  ClipOptions options;
  options.preprocess = preprocess;
  options.image_size = 32;
  options.time_budget_seconds = kSeconds;
  options.memory_budget_bytes = kMemoryBytes;
  return options;
}

void add_clips(Digest& digest, const MediaBytes& media, const ClipOptions& options) {
  const VideoReport report = read_clips(media, options, {}, [&](const Clip& clip) {
    TVTS_ASSERT(clip.frames > 0 && clip.end_seconds >= clip.start_seconds);
    digest.add(clip.pixels);
    digest.add(clip.frame_indices);
    digest.add(clip.frame_seconds);
    return true;
  });
  for (const std::string& warning : report.warnings) digest.add(warning);
}

void add_windows(Digest& digest, const MediaBytes& media) {
  ClipOptions options = options_with(Preprocess::kClip);
  options.window = WindowOptions{0.5, 0.5};
  add_clips(digest, media, options);
}

void add_promised(Digest& digest, const MediaBytes& media) {
  ClipOptions options = options_with(Preprocess::kTvtsv2Eval);
  options.frame_count = FrameCount::kPromised;
  add_clips(digest, media, options);
}

// The middle frame in time, by the reader that training uses; its reader refuses pictures that are almost lines.
void add_frames(Digest& digest, const MediaBytes& media) {
  FrameReadOptions options;
  options.image_size = 32;
  options.by_time = true;
  options.time_budget_seconds = kSeconds;
  options.memory_budget_bytes = kMemoryBytes;
  try {
    digest.add(read_frames(media, options, {}, [](const FrameFacts& facts) {
                 return std::vector<int64_t>{static_cast<int64_t>(facts.times.seconds.size() / 2)};
               }).pixels);
  } catch (const Error& error) {
    digest.add(std::string(error.what()));
  }
}

std::string read(const MediaBytes& media) {
  Digest digest;
  const VideoDescription described = inspect_video(media, options_with(Preprocess::kTvtsv2Extract));
  digest.add(described.container);
  add_clips(digest, media, options_with(Preprocess::kTvtsv2Eval));
  add_windows(digest, media);
  add_promised(digest, media);
  add_frames(digest, media);
  digest.add(thumbnail_jpeg(media, described.report.duration_seconds / 2, 64, kMemoryBytes));
  return concat(described.report.frames_found, " frames, digest ", digest.value());
}

}  // namespace
}  // namespace tvts

int main(int argc, char** argv) {
  if (argc != 2) return std::fprintf(stderr, "fuzz_read_video FILE\n"), 2;
  try {
    std::printf("%s\n", tvts::read({argv[1], nullptr}).c_str());
    return 0;
  } catch (const tvts::Error& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return static_cast<int>(error.kind());
  }
}
