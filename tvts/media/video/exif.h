// The orientation tag of EXIF, which is the first directory of a TIFF file.
#pragma once

#include "tvts/media/video/file_part.h"
#include "tvts/media/video/orientation.h"

namespace tvts {

// Upright where there is no such tag, or one that makes no sense.
Orientation exif_orientation(const FilePart& exif);

// 1 to 8, as the standard numbers them; others are upright.
Orientation orientation_of_exif(int64_t value);

}  // namespace tvts
