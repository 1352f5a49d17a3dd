// A sample for validation: all of its video, or of the part that the list names, and all of its text. Training draws
// from a sample instead (clip_draw.h).
#pragma once

#include <string>
#include <vector>

#include "tvts/media/inputs/media_item.h"
#include "tvts/train/corpora/corpus.h"

namespace tvts {

// The sample's video as an input of tvts embed. Throws Error(kInput) when a shard does not hold its bytes.
MediaItem whole_video(const Corpus& corpus, int64_t sample);

// [K] Its caption, or the words of its transcript in K parts of equal time, each word in one of them.
// video_seconds: how long the video is, where its annotation does not say. Throws what Corpus::text() throws.
std::vector<std::string> whole_texts(const Corpus& corpus, int64_t sample, double video_seconds);

}  // namespace tvts
