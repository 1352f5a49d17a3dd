#include "tvts/media/video/demuxer.h"

extern "C" {
#include <libavutil/opt.h>
}

#include <algorithm>
#include <array>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <vector>

#include "tvts/media/video/av_messages.h"
#include "tvts/media/video/avif_orientation.h"
#include "tvts/media/video/picture_limit.h"
#include "tvts/media/video/stored_orientation.h"

namespace tvts {
namespace {

// Containers that hold their own pictures. What is not here either names other files (hls, concat, dash, sdp, image2),
// is text that FFmpeg would draw (tty, svg), or has no pictures.
constexpr std::array kContainers = {
    "3g2", "apng", "asf",      "av1",   "avi", "avs2", "bink",   "cavsvideo",   "dirac",  "dnxhd",
    "dv",  "dxa",  "flic",     "flv",   "gif", "gxf",  "h261",   "h263",        "h264",   "hevc",
    "ivf", "m4v",  "matroska", "mjpeg", "mov", "mpeg", "mpegts", "mpegvideo",   "mpjpeg", "msf",
    "mtv", "mxf",  "nsv",      "nut",   "nuv", "obu",  "ogg",    "r3d",         "rm",     "roq",
    "smk", "swf",  "ty",       "vc1",   "viv", "webm", "wtv",    "yuv4mpegpipe"};

// A format's name lists its aliases: "mov,mp4,m4a,3gp,3g2,mj2".
bool is_readable(const AVInputFormat& format) {
  const std::string_view name(format.name), first = name.substr(0, name.find(','));
  if (is_still_image(format)) return first != "svg_pipe";
  return std::find(kContainers.begin(), kContainers.end(), first) != kContainers.end();
}

int interrupted(void* budget) { return static_cast<const Budget*>(budget)->should_stop() ? 1 : 0; }

int refuse_to_open(AVFormatContext*, AVIOContext**, const char*, int, AVDictionary**) { return AVERROR(EACCES); }

// "reason" from FFmpeg's code and, where it said more, its first line.
std::string reason(int code) {
  AvMessages* messages = AvMessages::current();
  const bool said = messages != nullptr && !messages->first_error().empty();
  return said ? concat(av_error_text(code), " (", messages->first_error(), ")") : av_error_text(code);
}

void check_opened(int code, const std::string& path, const Budget& budget) {
  if (code >= 0) return;
  budget.check_stop();
  if (budget.time_spent())
    fail_input("video ", path, ": its time budget of ", budget.seconds(), " s was spent opening it");
  fail_input("video ", path, ": cannot be opened: ", reason(code));
}

const AVInputFormat* probe(AVIOContext& input, const std::string& name, const std::string& path, const Budget& budget) {
  const AVInputFormat* format = nullptr;
  check_opened(av_probe_input_buffer2(&input, &format, name.c_str(), nullptr, 0, 0), path, budget);
  if (std::string_view(format->name) != "image2") return format;
  format = nullptr;
  // A picture, known by its name alone, for a reader that would open files of that name: go by its content.
  check_opened(av_probe_input_buffer2(&input, &format, "", nullptr, 0, 0), path, budget);
  return format;
}

void find_stream_info(AVFormatContext& context, const std::string& path, const Budget& budget) {
  std::vector<AVDictionary*> options(context.nb_streams, nullptr);
  const bool still = is_still_image(*context.iformat);
  for (unsigned i = 0; i < context.nb_streams; ++i) {
    const AVCodecID codec = context.streams[i]->codecpar->codec_id;
    av_dict_set_int(&options[i], "max_pixels", most_pixels(codec, still, budget), 0);
  }
  const int code = avformat_find_stream_info(&context, options.data());
  for (AVDictionary*& option : options) av_dict_free(&option);
  check_opened(code, path, budget);
}

}  // namespace

// Single pictures are read by "png_pipe" and its like.
bool is_still_image(const AVInputFormat& format) { return std::string_view(format.name).ends_with("_pipe"); }

bool has_slots(const AVInputFormat& format) { return std::string_view(format.name) == "avi"; }

Demuxer::Demuxer(const MediaBytes& media, const Budget& budget) : input_(media, budget) {
  open(media, budget);
  find_stream_info(*context_, media.path, budget);
  choose_stream(media.path);
  state_orientation();
}

void Demuxer::open(const MediaBytes& media, const Budget& budget) {
  const std::string name = std::filesystem::path(media.path).filename().string();
  const AVInputFormat* format = probe(*input_.context(), name, media.path, budget);
  if (!is_readable(*format)) {
    fail_input("video ", media.path, ": is of the kind '", format->name,
               "', expected a video file that holds its own pictures (mp4, mkv, webm, avi, ...)");
  }
  orientation_ = stored_orientation(*input_.context(), *format);
  AVFormatContext* context = av_made(avformat_alloc_context());
  context->pb = input_.context();
  context->io_open = refuse_to_open;
  context->interrupt_callback = {interrupted, const_cast<Budget*>(&budget)};
  AVDictionary* options = nullptr;
  av_dict_set_int(&options, "scan_all_pmts", 1, 0);  // as the ffmpeg program; other formats do not have it
  const int code = avformat_open_input(&context, name.c_str(), format, &options);  // frees the context when it fails
  av_dict_free(&options);
  context_.reset(context);
  if (code < 0 && is_heic(FilePart(*input_.context()))) {
    fail_input("video ", media.path, ": is a HEIC picture, which this FFmpeg does not read; convert it to JPEG or PNG");
  }
  check_opened(code, media.path, budget);
  // Reading packets adds to an index, so that later it says what there is and not what the file promised.
  for (unsigned i = 0; i < context_->nb_streams; ++i) {
    index_entries_.push_back(avformat_index_get_entries_count(context_->streams[i]));
  }
}

int64_t Demuxer::frames_promised(const AVStream& stream) const {
  const auto i = static_cast<std::size_t>(stream.index);
  const int64_t indexed = i < index_entries_.size() ? index_entries_[i] : 0;
  return has_slots(*context_->iformat) && indexed > 0 ? std::min(indexed, stream.nb_frames) : stream.nb_frames;
}

double Demuxer::frame_rate(const AVStream& stream) const {
  if (stream.avg_frame_rate.den <= 0) return 0;
  const int64_t promised = frames_promised(stream);
  const double filled = promised > 0 ? static_cast<double>(promised) / static_cast<double>(stream.nb_frames) : 1;
  return av_q2d(stream.avg_frame_rate) * filled;
}

int best_video_stream(const AVFormatContext& context) {
  int64_t best_score = 0;
  int best = -1;
  for (unsigned i = 0; i < context.nb_streams; ++i) {
    const AVStream& stream = *context.streams[i];
    if (stream.codecpar->codec_type != AVMEDIA_TYPE_VIDEO) continue;
    if (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) continue;
    const int64_t score = int64_t{stream.codecpar->width} * stream.codecpar->height +
                          ((stream.event_flags & AVSTREAM_EVENT_FLAG_NEW_PACKETS) ? 100'000'000 : 0) +
                          ((stream.disposition & AV_DISPOSITION_DEFAULT) ? 5'000'000 : 0);
    if (score > best_score) best_score = score, best = static_cast<int>(i);
  }
  return best;
}

void Demuxer::choose_stream(const std::string& path) {
  const int best = best_video_stream(*context_);
  if (best < 0) {
    std::string found;
    for (unsigned i = 0; i < context_->nb_streams; ++i) {
      const AVStream& stream = *context_->streams[i];
      const bool cover = (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
      const char* kind = av_get_media_type_string(stream.codecpar->codec_type);
      found += concat(i == 0 ? "" : ", ",
                      cover             ? "a cover picture"
                      : kind != nullptr ? kind
                                        : "unknown",
                      " (", avcodec_get_name(stream.codecpar->codec_id), ")");
    }
    fail_input("video ", path, ": no video stream: found ", found.empty() ? "nothing" : found);
  }
  stream_ = static_cast<unsigned>(best);
  for (unsigned i = 0; i < context_->nb_streams; ++i) {
    context_->streams[i]->discard = i == stream_ ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
  }
  joined_times_.emplace(*context_, *stream());
}

// Stores the orientation of a picture where the rotation of a video is stored: in the side data of the stream.
void Demuxer::state_orientation() {
  if (orientation_.upright()) return;
  const auto matrix = display_matrix_of(orientation_);
  std::uint8_t* bytes = av_stream_new_side_data(stream(), AV_PKT_DATA_DISPLAYMATRIX, sizeof matrix);
  std::memcpy(av_made(bytes), matrix.data(), sizeof matrix);
}

bool Demuxer::read(AVPacket& packet) {
  for (;;) {
    av_packet_unref(&packet);
    const int code = av_read_frame(context_.get(), &packet);
    if (code == AVERROR(EAGAIN)) continue;  // FFmpeg made progress without a packet
    if (code < 0) return false;
    if (packet.stream_index != static_cast<int>(stream_)) continue;
    joined_times_->place(packet);
    return true;
  }
}

}  // namespace tvts
