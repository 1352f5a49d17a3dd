#include "tvts/media/video/inspect.h"

extern "C" {
#include <libavutil/pixdesc.h>
}

#include "tvts/media/video/av_messages.h"
#include "tvts/media/video/demuxer.h"
#include "tvts/media/video/picture_shape.h"
#include "tvts/media/video/read_clips.h"

namespace tvts {
namespace {

std::string kind_of(const AVStream& stream) {
  if (stream.disposition & AV_DISPOSITION_ATTACHED_PIC) return "cover picture";
  const char* kind = av_get_media_type_string(stream.codecpar->codec_type);
  return kind != nullptr ? kind : "unknown";
}

void describe_picture(StreamDescription& description, Demuxer& demuxer, AVStream& stream) {
  const PictureShape shape = picture_shape(*demuxer.context(), stream, nullptr);
  description.width = shape.width, description.height = shape.height;
  description.rotation_degrees = shape.rotation_degrees;
  description.aspect_num = shape.sample_aspect.num, description.aspect_den = shape.sample_aspect.den;
  description.frames_promised = demuxer.frames_promised(stream);
  description.frame_rate = demuxer.frame_rate(stream);
  const char* format = av_get_pix_fmt_name(static_cast<AVPixelFormat>(stream.codecpar->format));
  if (format != nullptr) description.pixel_format = format;
}

StreamDescription describe(Demuxer& demuxer, AVStream& stream) {
  StreamDescription description;
  description.kind = kind_of(stream);
  description.codec = avcodec_get_name(stream.codecpar->codec_id);
  description.chosen = &stream == demuxer.stream();
  if (stream.codecpar->codec_type == AVMEDIA_TYPE_VIDEO) describe_picture(description, demuxer, stream);
  if (stream.codecpar->codec_type == AVMEDIA_TYPE_AUDIO) {
    description.sample_rate = stream.codecpar->sample_rate;
    description.channels = stream.codecpar->ch_layout.nb_channels;
  }
  return description;
}

VideoDescription describe_container(const MediaBytes& media, const ClipOptions& options, std::stop_token stop) {
  const AvMessages messages;
  const Budget budget(options.time_budget_seconds, options.memory_budget_bytes, std::move(stop));
  Demuxer demuxer(media, budget);
  VideoDescription description;
  description.container = demuxer.context()->iformat->name;
  if (demuxer.context()->duration > 0) {
    description.container_seconds = static_cast<double>(demuxer.context()->duration) / AV_TIME_BASE;
  }
  for (unsigned i = 0; i < demuxer.context()->nb_streams; ++i) {
    description.streams.push_back(describe(demuxer, *demuxer.context()->streams[i]));
  }
  return description;
}

}  // namespace

VideoDescription inspect_video(const MediaBytes& media, const ClipOptions& options, std::stop_token stop) {
  VideoDescription description = describe_container(media, options, stop);
  description.report = read_clips(media, options, stop, [&](const Clip& clip) {
    ClipDescription& described =
        description.clips.emplace_back(ClipDescription{clip.start_seconds, clip.end_seconds, {}});
    for (std::size_t i = 0; i < clip.frame_seconds.size(); ++i) {
      described.frames.push_back({clip.frame_indices[i], clip.frame_seconds[i]});
    }
    return true;
  });
  return description;
}

}  // namespace tvts
