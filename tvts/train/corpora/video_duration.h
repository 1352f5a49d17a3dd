// The duration of a video by its packets.
#pragma once

#include <stop_token>
#include <string>

namespace tvts {

// Seconds from time zero to the end of the last frame. Throws Error(kInput) when its first frame cannot be read.
double video_duration(const std::string& path, std::stop_token stop);

}  // namespace tvts
