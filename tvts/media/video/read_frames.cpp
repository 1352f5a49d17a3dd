#include "tvts/media/video/read_frames.h"

#include <algorithm>
#include <optional>

#include "tvts/media/video/av_messages.h"
#include "tvts/media/video/frame_preparer.h"
#include "tvts/media/video/frame_scan.h"
#include "tvts/media/video/picture_limit.h"

namespace tvts {
namespace {

// The short side is enlarged to a given length, so a line of pixels would become a very large picture.
constexpr int kLongestShape = 32;

class FrameReader {
 public:
  FrameReader(const MediaBytes& media, const FrameReadOptions& options, std::stop_token stop,
              const ChooseFrames& choose)
      : path_(media.path),
        options_(options),
        choose_(choose),
        budget_(options.time_budget_seconds, options.memory_budget_bytes, std::move(stop)),
        packets_(media, budget_) {}

  VideoFrames read();

 private:
  FrameFacts facts_of_packets();
  FrameFacts find();
  void choose(FrameFacts facts);
  bool collect_from_entry();
  bool collect();
  void keep(const AVFrame& frame);
  FramePreparer preparer_for(const AVFrame* frame);
  void check_budget(bool spent) const;

  const std::string& path_;
  const FrameReadOptions& options_;
  const ChooseFrames& choose_;
  AvMessages messages_;
  Budget budget_;
  PacketScan packets_;
  FrameIndex frame_index_;
  std::optional<FramePreparer> preparer_;
  VideoFrames frames_;
};

FramePreparer FrameReader::preparer_for(const AVFrame* frame) {
  ClipOptions options;  // the published training: the evaluation's resize, another crop
  options.preprocess = options_.preprocess;
  options.image_size = options_.image_size;
  const PictureShape shape = picture_shape(*packets_.context(), *packets_.stream(), frame);
  const auto [short_side, long_side] = std::minmax(shape.width, shape.height);
  if (long_side / kLongestShape > short_side) {
    fail_input("video ", path_, ": its pictures are ", shape.width, " x ", shape.height, " pixels, expected at most ",
               kLongestShape, " : 1");
  }
  return {shape, options, FrameCrop::kNone};
}

FrameFacts FrameReader::facts_of_packets() {
  frame_index_ = index_frames(packets_, budget_);
  FrameFacts facts{.times = frame_index_.times};
  const AVCodecParameters& stream = *packets_.stream()->codecpar;
  if (stream.width > 0 && stream.height > 0) {
    const FramePreparer preparer = preparer_for(nullptr);
    facts.frame_bytes = 3 * preparer.width() * preparer.height();
  }
  return facts;
}

FrameFacts FrameReader::find() {
  FoundFrames found =
      decode_frames(packets_, frame_index_.slots, path_, budget_, [](const AVFrame&, int64_t, double) { return true; });
  check_budget(found.spent);
  if (found.times.seconds.empty()) fail_no_frame(path_, "", messages_, budget_);
  return {.times = std::move(found.times), .from_packets = false};
}

void FrameReader::choose(FrameFacts facts) {
  frames_ = {};
  frames_.indices = choose_(facts);
  std::sort(frames_.indices.begin(), frames_.indices.end());
  frames_.indices.erase(std::unique(frames_.indices.begin(), frames_.indices.end()), frames_.indices.end());
  const auto count = static_cast<int64_t>(facts.times.seconds.size());
  TVTS_ASSERT(!frames_.indices.empty() && frames_.indices.front() >= 0 && frames_.indices.back() < count);
  frames_.facts = std::move(facts);
}

void FrameReader::keep(const AVFrame& frame) {
  if (frames_.pixels.empty()) {
    preparer_.emplace(preparer_for(&frame));
    frames_.width = preparer_->width(), frames_.height = preparer_->height();
    const std::size_t bytes = 3 * static_cast<std::size_t>(frames_.width) * static_cast<std::size_t>(frames_.height);
    if (bytes > budget_.frame_bytes() / frames_.indices.size()) {
      fail_input("video ", path_, ": ", frames_.indices.size(), " frames of ", frames_.width, " x ", frames_.height,
                 " pixels are more than its budget of ", budget_.frame_bytes(), " bytes");
    }
    frames_.pixels.reserve(bytes * frames_.indices.size());
  }
  const std::vector<std::uint8_t> pixels = preparer_->prepare(frame);
  frames_.pixels.insert(frames_.pixels.end(), pixels.begin(), pixels.end());
}

// From the last entry point before the first chosen frame to the last one. False when they do not come as the index
// says.
bool FrameReader::collect_from_entry() {
  const auto after = std::ranges::upper_bound(frame_index_.entries, frames_.indices.front(), {}, &EntryPoint::frame);
  if (after == frame_index_.entries.begin()) return false;
  std::size_t kept = 0;
  bool all_there = true;
  const auto take = [&](const AVFrame& frame, int64_t index) {
    all_there = index <= frames_.indices[kept];
    if (index == frames_.indices[kept]) {
      keep(frame);
      ++kept;
    }
    return all_there && kept < frames_.indices.size();
  };
  return decode_from(*(after - 1), frame_index_, packets_, path_, budget_, take) && kept == frames_.indices.size();
}

// From the first frame to the last chosen one. False when the video ends before it.
bool FrameReader::collect() {
  frames_.pixels.clear();
  std::size_t kept = 0;
  const FoundFrames found =
      decode_frames(packets_, frame_index_.slots, path_, budget_, [&](const AVFrame& frame, int64_t index, double) {
        if (index == frames_.indices[kept]) {
          keep(frame);
          ++kept;
        }
        return kept < frames_.indices.size();
      });
  check_budget(found.spent);
  return kept == frames_.indices.size();
}

void FrameReader::check_budget(bool spent) const {
  if (!spent) return;
  fail_input("video ", path_, ": its budget of ", budget_.seconds(), " s or ", budget_.frame_bytes(),
             " bytes was spent before the last wanted frame");
}

VideoFrames FrameReader::read() {
  FrameFacts facts = facts_of_packets();
  const bool trusted = !facts.times.seconds.empty() && (frame_index_.timed || !options_.by_time);
  messages_.clear();
  if (trusted) choose(std::move(facts));
  if (!trusted || (!collect_from_entry() && !collect())) {
    choose(find());
    if (!collect()) fail_input("video ", path_, ": it gives other frames each time it is decoded");
  }
  return std::move(frames_);
}

}  // namespace

VideoFrames read_frames(const MediaBytes& media, const FrameReadOptions& options, std::stop_token stop,
                        const ChooseFrames& choose) {
  return FrameReader(media, options, std::move(stop), choose).read();
}

}  // namespace tvts
