#include "tvts/media/video/codec_report.h"

extern "C" {
#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavformat/avformat.h>
#include <libswscale/swscale.h>
}

#include <utility>

namespace tvts {

std::string ffmpeg_versions() {
  const std::pair<const char*, unsigned> libraries[] = {{"libavcodec", avcodec_version()},
                                                        {"libavformat", avformat_version()},
                                                        {"libavfilter", avfilter_version()},
                                                        {"libswscale", swscale_version()}};
  std::string text;
  for (const auto& [name, version] : libraries) {
    if (!text.empty()) text += ", ";
    text += name;
    text += " " + std::to_string(AV_VERSION_MAJOR(version)) + "." + std::to_string(AV_VERSION_MINOR(version)) + "." +
            std::to_string(AV_VERSION_MICRO(version));
  }
  return text;
}

std::vector<std::string> missing_decoders() {
  std::vector<std::string> missing;
  for (const char* codec : {"h264", "hevc", "vp8", "vp9", "av1", "mpeg4", "mpeg2video", "mjpeg", "png"}) {
    const AVCodecDescriptor* descriptor = avcodec_descriptor_get_by_name(codec);
    if (descriptor == nullptr || avcodec_find_decoder(descriptor->id) == nullptr) missing.emplace_back(codec);
  }
  return missing;
}

}  // namespace tvts
