// Reads clips of preprocessed pixels from a video file, for embedding and for pictures of attention. Training reads the
// frames that it draws by read_frames.h.
//
// Frames are counted as a full decode gives them, in presentation order. Where a file's packets are whole by their
// headers, frames that no clip takes are not decoded. Time zero is the container's start time, as a
// player shows it; a frame before it counts as time zero. Decoding takes the calling thread alone, so that files are
// read in parallel, one thread each.
#pragma once

#include <functional>
#include <stop_token>

#include "tvts/media/video/clip.h"

namespace tvts {

// Calls on_clip for every clip, in order of time, until it returns false.
// A file that yields any frame gives a clip, whatever else is wrong with it goes to the report's warnings.
// Throws Error(kInput) when not one frame is to be had, Error(kUsage) when the options make no sense,
// Error(kInterrupted) once `stop` is requested.
VideoReport read_clips(const MediaBytes& media, const ClipOptions& options, std::stop_token stop,
                       const std::function<bool(Clip)>& on_clip);

}  // namespace tvts
