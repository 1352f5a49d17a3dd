// Reads the orientation that a picture file states, where FFmpeg does not read it: EXIF in PNG and WebP, TIFF's own
// tag, and the turns and mirrors of AVIF. (JPEG's EXIF comes with the decoded frame.)
#pragma once

#include "tvts/media/video/av_ptr.h"
#include "tvts/media/video/orientation.h"

namespace tvts {

// Reads little, wherever it is in the file, and leaves the input at its beginning. What cannot be read says nothing:
// upright.
Orientation stored_orientation(AVIOContext& input, const AVInputFormat& format);

}  // namespace tvts
