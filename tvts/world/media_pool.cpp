#include "tvts/world/media_pool.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <filesystem>
#include <mutex>
#include <thread>

#include "tvts/core/error.h"
#include "tvts/core/whole_file.h"
#include "tvts/video/image_codec.h"
#include "tvts/video/video_writer.h"
#include "tvts/world/picture.h"

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

class Pool {
 public:
  Pool(const std::vector<MediaFile>& files, const WriteWorld& request) : files_(files), request_(request) {}

  void run() {
    {
      std::vector<std::jthread> threads;
      const std::size_t count = std::min({request_.threads, files_.size(), kMostThreads});
      for (std::size_t i = 0; i < count; ++i) threads.emplace_back([this] { work(); });
    }
    if (error_) std::rethrow_exception(error_);
    if (request_.stop.stop_requested()) {
      fail(ErrorKind::kInterrupted, request_.folder, ": stopped; run the same command again to go on");
    }
  }

 private:
  void work() {
    while (!request_.stop.stop_requested() && !failed_) {
      const std::size_t index = next_++;
      if (index >= files_.size()) return;
      try {
        write_file(files_[index], request_);
      } catch (...) {
        const std::lock_guard lock(mutex_);
        if (!failed_.exchange(true)) error_ = std::current_exception();
        return;
      }
      const std::lock_guard lock(mutex_);
      ++done_;
      if (request_.on_progress) request_.on_progress(done_, files_.size());
    }
  }

  const std::vector<MediaFile>& files_;
  const WriteWorld& request_;
  std::atomic<std::size_t> next_ = 0;
  std::atomic<bool> failed_ = false;
  std::mutex mutex_;
  std::size_t done_ = 0;
  std::exception_ptr error_;
};

}  // namespace

void write_media(const std::vector<MediaFile>& files, const WriteWorld& request) { Pool(files, request).run(); }

}  // namespace tvts::world
