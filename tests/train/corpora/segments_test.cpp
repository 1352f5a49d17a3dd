#include "tvts/train/corpora/segments.h"

#include <gtest/gtest.h>

#include "tvts/train/corpora/frame_draw.h"

namespace tvts {
namespace {

TEST(Segments, AreOneSecondApartAndInsideTheVideo) {
  for (int i = 0; i < 200; ++i) {
    RandomStream random(7, std::to_string(i));
    const Segments segments = draw_segments(40, 4, random);
    EXPECT_GE(segments.starts[0], 0);
    EXPECT_LE(segments.ends[3], 39);
    for (std::size_t k = 1; k < 4; ++k) EXPECT_NEAR(segments.starts[k] - segments.ends[k - 1], 1, 1e-9);
  }
}

TEST(Segments, OfAShortVideoCoverAllOfIt) {
  RandomStream random(1, "short");
  const Segments segments = draw_segments(8, 4, random);
  EXPECT_EQ(segments.starts, (std::vector<double>{0, 2, 4, 6}));
  EXPECT_EQ(segments.ends, (std::vector<double>{1, 3, 5, 7}));
}

TEST(Segments, TakeNoWordAtTheirVeryEdges) {
  const Segments segments{{1.0}, {2.0}};
  const Transcript transcript{{{1.0, "start"}, {1.5, "inside"}, {1.6, ""}, {2.0, "end"}}, 3};
  EXPECT_EQ(segment_texts(segments, transcript), std::vector<std::string>{"inside  "});
}

TEST(Segments, ThatHoldNoFrameGiveWayToTheWholeVideo) {
  EXPECT_EQ(segment_frames(place_segments(1, 4, 3, std::nullopt), 1, 25), (FrameInterval{0, 25}));
  EXPECT_EQ(segment_frames(place_segments(0, 4, 3, std::nullopt), 0, 7), (FrameInterval{0, 7}));
}

TEST(DrawnFrames, LieInTheirIntervals) {
  for (int i = 0; i < 100; ++i) {
    RandomStream random(3, std::to_string(i));
    const std::vector<int64_t> frames = draw_frames({100, 220}, 12, random);
    ASSERT_EQ(frames.size(), 12U);
    for (int64_t k = 0; k < 12; ++k) {
      EXPECT_GE(frames[static_cast<std::size_t>(k)], 100 + 10 * k);
      EXPECT_LT(frames[static_cast<std::size_t>(k)], 100 + 10 * k + 9);  // the last of an interval is never drawn
    }
  }
}

TEST(DrawnFrames, OfAShortSpanRepeatEvenly) {
  RandomStream random(3, "short");
  EXPECT_EQ(draw_frames({5, 8}, 6, random), (std::vector<int64_t>{5, 5, 6, 6, 7, 7}));
  EXPECT_EQ(draw_frames({0, 1}, 3, random), (std::vector<int64_t>{0, 0, 0}));
}

}  // namespace
}  // namespace tvts
