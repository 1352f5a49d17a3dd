// A clip's frames, plain and under the attention of each head.
#pragma once

#include <vector>

#include "tvts/evaluate/attention/attention_map.h"
#include "tvts/media/video/clip.h"
#include "tvts/media/video/rgb_image.h"

namespace tvts {

struct AttentionPictures {
  std::vector<RgbImage> frames;              // the pixels that the model was given: upright, resized and cropped
  std::vector<std::vector<RgbImage>> heads;  // [H][frames]
};

// Of every head the least weight in the clip is cold and the largest hot, so that frames can be compared. Frames that
// the clip lacks (zeros in the model's input) are left out.
AttentionPictures attention_pictures(const Clip& clip, const AttentionMap& map);

// Frame i of the clip as a picture.
RgbImage picture_of(const Clip& clip, std::int64_t frame);

// A row of the frames, then one for each head.
RgbImage contact_sheet(const AttentionPictures& pictures);

// For each frame: the plain one and every head's, in about as many columns as rows.
std::vector<RgbImage> side_by_side(const AttentionPictures& pictures);

}  // namespace tvts
