#include "tvts/media/video/read_clips.h"

#include <algorithm>
#include <optional>

#include "tvts/media/video/av_messages.h"
#include "tvts/media/video/clip_assembler.h"
#include "tvts/media/video/frame_preparer.h"
#include "tvts/media/video/frame_scan.h"
#include "tvts/media/video/picture_limit.h"

namespace tvts {
namespace {

// One reading of one file: index the frames, plan, decode. Of an intact file only what the plan needs is decoded; where
// a file is not intact, or turns out not to be, all of it is, and again where it did not keep what its packets said.
class ClipReader {
 public:
  ClipReader(const MediaBytes& media, const ClipOptions& options, std::stop_token stop,
             const std::function<bool(Clip)>& on_clip)
      : path_(media.path),
        options_(options),
        by_time_(options.window || options.start_seconds || options.end_seconds),
        on_clip_([this, &on_clip](Clip clip) { return give(std::move(clip), on_clip); }),
        budget_(options.time_budget_seconds, options.memory_budget_bytes, std::move(stop)),
        packets_(media, budget_) {}

  VideoReport read();

 private:
  bool give(Clip clip, const std::function<bool(Clip)>& on_clip);
  std::optional<FoundFrames> decode_wanted_only(const FrameIndex& frame_index, ClipAssembler& assembler);
  FoundFrames decode(const FrameIndex& frame_index, const FrameTimes& expected, ClipAssembler& assembler,
                     bool& as_expected);
  bool take(ClipAssembler& assembler, const AVFrame& frame, int64_t index, double seconds);
  void warn_if_reduced(const PictureShape& shape);
  void remember(const AVFrame& frame, int64_t index, double seconds);
  void finish_early(ClipAssembler& assembler, const FoundFrames& found);
  void fill_report(const FrameIndex& frame_index, const FoundFrames& found, bool whole);
  void check_any_clip(const FoundFrames& found) const;
  void warn(const std::string& text) { report_.warnings.push_back(text); }

  const std::string& path_;
  const ClipOptions& options_;
  const bool by_time_;  // the plan depends on when frames are, not only on how many there are
  const ClipAssembler::OnClip on_clip_;
  AvMessages messages_;
  Budget budget_;
  PacketScan packets_;
  std::optional<FramePreparer> preparer_;
  FramePtr fallback_;  // the first frame of the wanted part
  int64_t fallback_index_ = 0;
  double fallback_seconds_ = 0;
  int64_t clips_given_ = 0, fewest_frames_ = INT64_MAX;
  VideoReport report_;
};

bool ClipReader::give(Clip clip, const std::function<bool(Clip)>& on_clip) {
  ++clips_given_;
  clip.still_image = is_still_image(*packets_.context()->iformat);
  if (clip.still_image) return on_clip(std::move(clip));
  fewest_frames_ = std::min(fewest_frames_, clip.frames);
  return on_clip(std::move(clip));
}

void ClipReader::warn_if_reduced(const PictureShape& shape) {
  const AVCodecParameters& stored = *packets_.stream()->codecpar;
  const bool still = is_still_image(*packets_.context()->iformat);
  if (picture_limit(stored, still, budget_).halvings == 0) return;
  warn(concat("a picture of ", stored.width, " x ", stored.height, " pixels was decoded at ", shape.width, " x ",
              shape.height, " to fit the memory budget of ", budget_.memory_bytes() >> 20, " MiB"));
}

void ClipReader::remember(const AVFrame& frame, int64_t index, double seconds) {
  if (!preparer_) {
    const PictureShape shape = picture_shape(*packets_.context(), *packets_.stream(), &frame);
    report_.width = shape.width, report_.height = shape.height;
    for (const std::string& warning : shape.warnings) warn(warning);
    warn_if_reduced(shape);
    preparer_.emplace(shape, options_);
  }
  if (fallback_ != nullptr || seconds < options_.start_seconds.value_or(0)) return;
  if (options_.end_seconds && seconds >= *options_.end_seconds) return;
  fallback_.reset(av_made(av_frame_clone(&frame)));
  fallback_index_ = index;
  fallback_seconds_ = seconds;
}

bool ClipReader::take(ClipAssembler& assembler, const AVFrame& frame, int64_t index, double seconds) {
  return assembler.take(index, seconds, [&] { return preparer_->prepare(frame); });
}

// Nothing when the file is not intact after all, and all of it is to be decoded.
std::optional<FoundFrames> ClipReader::decode_wanted_only(const FrameIndex& frame_index, ClipAssembler& assembler) {
  const std::vector<int64_t> wanted = assembler.wanted();
  const std::vector<double>& seconds = frame_index.times.seconds;
  const std::size_t read =
      decode_wanted(wanted, frame_index, packets_, path_, budget_, [&](const AVFrame& frame, int64_t index) {
        const double time = seconds[static_cast<std::size_t>(index)];
        remember(frame, index, time);
        return take(assembler, frame, index, time);
      });
  FoundFrames found = {.times = frame_index.times};
  if (read == wanted.size() || assembler.stopped()) return found;
  if (read > 0 && budget_.time_spent()) {
    const auto frames = static_cast<std::size_t>(wanted[read - 1]) + 1;
    found.spent = true;
    if (frames < seconds.size()) found.times.end_seconds = seconds[frames];
    found.times.seconds.resize(frames);
    return found;
  }
  preparer_.reset();
  fallback_.reset();
  report_ = {};
  return std::nullopt;
}

// Decodes the whole file, giving clips for as long as its frames are the expected ones, then only counting.
FoundFrames ClipReader::decode(const FrameIndex& frame_index, const FrameTimes& expected, ClipAssembler& assembler,
                               bool& as_expected) {
  as_expected = true;
  FoundFrames found = decode_frames(
      packets_, frame_index.slots, path_, budget_, [&](const AVFrame& frame, int64_t index, double seconds) {
        remember(frame, index, seconds);
        const auto i = static_cast<std::size_t>(index);
        as_expected = as_expected && i < expected.seconds.size() && (!by_time_ || expected.seconds[i] == seconds);
        return !as_expected || take(assembler, frame, index, seconds);
      });
  as_expected = as_expected && found.times.seconds.size() == expected.seconds.size() &&
                (!by_time_ || found.times.end_seconds == expected.end_seconds);
  return found;
}

VideoReport ClipReader::read() {
  const FrameIndex frame_index = index_frames(packets_, budget_);
  FrameTimes expected = frame_index.timed || !by_time_ ? frame_index.times : FrameTimes{};
  ClipPlan plan = plan_clips(expected, options_);
  std::optional<ClipAssembler> assembler(std::in_place, plan, options_, 0, on_clip_);
  messages_.clear();
  std::optional<FoundFrames> few;
  if (frame_index.intact) few = decode_wanted_only(frame_index, *assembler);
  if (!few) assembler.emplace(plan, options_, assembler->done(), on_clip_);
  bool as_expected = few && !few->spent;
  FoundFrames found = few ? *std::move(few) : decode(frame_index, expected, *assembler, as_expected);
  fill_report(frame_index, found, !found.spent && !assembler->stopped());
  if (!as_expected && !found.spent && !assembler->stopped()) {
    found.times.packets = frame_index.times.packets;
    plan = plan_clips(found.times, options_);
    assembler.emplace(plan, options_, assembler->done(), on_clip_);
    expected = std::move(found.times);
    found = decode(frame_index, expected, *assembler, as_expected);
  }
  if (as_expected && !found.spent) assembler->finish();
  if (!assembler->stopped()) finish_early(*assembler, found);
  check_any_clip(found);
  if (plan.empty_windows > 0) warn(concat(plan.empty_windows, " windows without a frame were passed over"));
  if (fewest_frames_ < options_.num_frames) {
    warn(concat("fewer frames than wanted: ", fewest_frames_, " of ", options_.num_frames,
                "; the rest of the input is zeros"));
  }
  return std::move(report_);
}

// Gives what there is when the budget ended first, be it one frame. Does nothing after an undisturbed reading.
void ClipReader::finish_early(ClipAssembler& assembler, const FoundFrames& found) {
  if (found.spent) {
    warn(concat("the budget of time (", budget_.seconds(), " s) or memory was spent after ", found.times.seconds.size(),
                " frames: the rest of the video was not read"));
  }
  assembler.finish_early(found.times.end_seconds);
  if (clips_given_ > 0 || fallback_ == nullptr) return;
  on_clip_(Clip{preparer_->prepare(*fallback_),
                1,
                options_.image_size,
                options_.start_seconds.value_or(0),
                found.times.end_seconds,
                {fallback_seconds_},
                {fallback_index_}});
}

void ClipReader::fill_report(const FrameIndex& frame_index, const FoundFrames& found, bool whole) {
  const int64_t header = packets_.frames_promised();
  report_.frames_promised = header > 0 ? std::max<int64_t>(0, header - frame_index.discarded)
                                       : static_cast<int64_t>(frame_index.times.seconds.size());
  report_.frames_found = static_cast<int64_t>(found.times.seconds.size());
  report_.decode_errors = messages_.errors();
  report_.duration_seconds = found.times.end_seconds;
  report_.frame_rate = packets_.frame_rate();
  if (whole && report_.frames_found < report_.frames_promised) {
    warn(concat("frames promised: ", report_.frames_promised, ", found: ", report_.frames_found));
  }
  if (report_.decode_errors > 0) {
    warn(concat("decode errors: ", report_.decode_errors, ", the first: ", messages_.first_error()));
  }
}

void ClipReader::check_any_clip(const FoundFrames& found) const {
  if (clips_given_ > 0) return;
  if (!found.times.seconds.empty()) {
    fail_input("video ", path_, ": no frame in the wanted part: found ", found.times.seconds.size(), " frames up to ",
               found.times.end_seconds, " s, expected one from ", options_.start_seconds.value_or(0), " s on",
               options_.end_seconds ? concat(" and before ", *options_.end_seconds, " s") : "");
  }
  if (found.spent)
    fail_input("video ", path_, ": its budget of ", budget_.seconds(), " s was spent before the first frame");
  fail_no_frame(path_, concat(": ", report_.frames_promised, " promised"), messages_, budget_);
}

}  // namespace

VideoReport read_clips(const MediaBytes& media, const ClipOptions& options, std::stop_token stop,
                       const std::function<bool(Clip)>& on_clip) {
  validate(options);
  return ClipReader(media, options, std::move(stop), on_clip).read();
}

}  // namespace tvts
