// A small picture of one moment of a video.
#pragma once

#include <cstddef>
#include <vector>

#include "tvts/media/video/clip.h"

namespace tvts {

// The frame shown at `seconds` (the last frame, when the video ends before), upright and in its display shape, no side
// longer than max_side. It is sought, not counted: near a damaged or oddly timed position it may be a neighbour.
// Throws as read_clips does.
std::vector<std::byte> thumbnail_jpeg(const MediaBytes& media, double seconds, int max_side,
                                      std::size_t memory_budget_bytes = ClipOptions().memory_budget_bytes);

}  // namespace tvts
