// The turns and mirrors of a picture in an ISO base media file (AVIF): properties of its primary item.
#pragma once

#include "tvts/video/file_part.h"
#include "tvts/video/orientation.h"

namespace tvts {

// Upright for videos and for what cannot be read.
Orientation avif_orientation(const FilePart& file);

}  // namespace tvts
