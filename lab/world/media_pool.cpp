#include "lab/world/media_pool.h"

#include <algorithm>
#include <filesystem>
#include <mutex>

#include "lab/world/picture.h"
#include "tvts/core/error.h"
#include "tvts/core/for_each_index.h"
#include "tvts/core/whole_file.h"
#include "tvts/media/video/image_codec.h"
#include "tvts/media/video/video_writer.h"

namespace tvts::world {
namespace {

// libx264's quantiser: fine enough that colours and edges stay, at about a kilobyte a frame of 64x64.
constexpr int kQuality = 23;
constexpr std::size_t kMostThreads = 256;

void write_content(const Scene& scene, const std::string& path, int side) {
  // A frame by itself: what is decoded depends on the picture alone, so that twins stay the same set of frames.
  VideoWriter writer(path, {.width = side,
                            .height = side,
                            .frames_per_second = kFramesPerSecond,
                            .quality = kQuality,
                            .independent_frames = true});
  draw_scene(scene, side, [&](const RgbImage& image) { writer.write(image.pixels); });
  writer.finish();
}

void write_content(const Still& still, const std::string& path, int side) {
  const std::vector<std::byte> png = encode_png(draw_still(still, side).pixels, side, side);
  write_whole_file(path, {reinterpret_cast<const char*>(png.data()), png.size()});
}

void write_file(const MediaFile& file, const WriteWorld& request) {
  const std::string path = request.folder + "/" + file.path;
  if (std::filesystem::exists(path)) return;
  std::visit([&](const auto& content) { write_content(content, path, request.options.side); }, file.content);
}

}  // namespace

void write_media(const std::vector<MediaFile>& files, const WriteWorld& request) {
  std::size_t done = 0;
  std::mutex mutex;
  const auto write = [&](std::size_t index) {
    write_file(files[index], request);
    const std::lock_guard lock(mutex);
    ++done;
    if (request.on_progress) request.on_progress(done, files.size());
  };
  try {
    for_each_index(files.size(), std::min(request.threads, kMostThreads), request.stop, write);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::kInterrupted) throw;
    fail(ErrorKind::kInterrupted, request.folder, ": stopped; run the same command again to go on");
  }
}

}  // namespace tvts::world
