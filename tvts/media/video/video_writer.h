// Writes RGB frames as an .mp4, or an .avi or an animated .gif where the name says so: H.264 where libx264 is present,
// else MPEG-4; a .gif has 256 fixed colours. The same frames give the same bytes. One thread makes, fills and finishes
// a writer.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace tvts {

struct VideoWriterOptions {
  int width = 0, height = 0;  // pixels, even
  int frames_per_second = 25;
  int quality = 20;  // of .mp4 and .avi: libx264's constant rate factor, 0 (lossless) to 51
  // Every frame a key frame at one quantiser (`quality`): what is decoded depends on that frame's picture alone.
  bool independent_frames = false;
};

class VideoWriter {
 public:
  // Throws Error(kUsage) for options that make no sense, Error(kFailed) when FFmpeg lacks an encoder.
  VideoWriter(const std::string& path, const VideoWriterOptions& options);
  ~VideoWriter();

  // rgb: [height, width, 3].
  void write(std::span<const std::uint8_t> rgb);
  // The file appears here, whole. Throws Error(kFailed) when it cannot be written.
  void finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tvts
