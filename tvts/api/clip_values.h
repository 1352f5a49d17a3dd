// Conversions between clips of the public interface and clips of the library.
#pragma once

#include "tvts/api/clips.h"
#include "tvts/media/video/clip.h"

namespace tvts {

api::Clip to_api(Clip clip);

// Copies the pixels. Throws Error(kUsage) when the clip's sizes contradict each other or what the model takes.
Clip from_api(const api::Clip& clip, const ClipOptions& model);

}  // namespace tvts
