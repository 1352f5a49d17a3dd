// Reports the version and the codecs of the linked FFmpeg, for `tvts doctor`.
#pragma once

#include <string>
#include <vector>

namespace tvts {

// "libavcodec 59.37.100, libavformat ...": the libraries that run, which need not be those that were built with.
std::string ffmpeg_versions();

// Of the codecs that videos commonly have, those that this FFmpeg cannot decode.
std::vector<std::string> missing_decoders();

}  // namespace tvts
