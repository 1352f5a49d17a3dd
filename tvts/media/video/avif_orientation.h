// Reads the rotation and mirroring of a picture in an ISO base media file (AVIF): properties of its primary item.
#pragma once

#include "tvts/media/video/file_part.h"
#include "tvts/media/video/orientation.h"

namespace tvts {

// True if the file says that it is a picture of this form, AVIF or HEIC, or one of HEIC.
bool is_avif_or_heic(const FilePart& file);
bool is_heic(const FilePart& file);

// Upright for videos and for what cannot be read.
Orientation avif_orientation(const FilePart& file);

}  // namespace tvts
