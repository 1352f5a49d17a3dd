#include "lab/world/narration.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "lab/world/scene_sampler.h"
#include "tvts/core/edit_distance.h"

namespace tvts::world {
namespace {

const std::vector<int> kShots = {38, 40, 42, 36, 44};

Narration narration_of(int number) {
  RandomStream random(static_cast<std::uint64_t>(number), "narration");
  return narrate(sample_scene(Split::kTrain, kShots, random), random);
}

TEST(WorldNarration, WordsComeInOrderOfTimeAndWithinTheClip) {
  for (int i = 0; i < 50; ++i) {
    const Narration narration = narration_of(i);
    EXPECT_TRUE(std::ranges::is_sorted(narration.subtitles, {}, &TimedWord::centiseconds));
    EXPECT_GE(narration.subtitles.front().centiseconds, 0);
    EXPECT_LT(narration.subtitles.back().centiseconds, 200 * 100 / kFramesPerSecond);
  }
}

TEST(WorldNarration, EveryShotIsTalkedAboutWhileItLasts) {
  for (int i = 0; i < 50; ++i) {
    const Narration narration = narration_of(i);
    int begin = 0;
    for (const int frames : kShots) {
      const int end = begin + frames * 100 / kFramesPerSecond;
      const auto inside = std::ranges::count_if(narration.subtitles, [&](const TimedWord& word) {
        return word.centiseconds >= begin && word.centiseconds < end;
      });
      EXPECT_GE(inside, 4);
      begin = end;
    }
  }
}

TEST(WorldNarration, AMisheardWordIsWithinTwoEdits) {
  RandomStream random(1, "misheard");
  for (int i = 0; i < 500; ++i) EXPECT_LE(edit_distance("triangle", misheard("triangle", random)), 2U);
}

TEST(WorldNarration, SomeWordsAreMisheardAndSomeAreFillers) {
  int misheard_words = 0, more_words = 0;
  for (int i = 0; i < 50; ++i) {
    const Narration narration = narration_of(i);
    std::string clean = " ";
    for (const std::string& sentence : narration.denoised) clean += sentence + " ";
    std::ranges::transform(clean, clean.begin(),
                           [](char c) { return c == '.' ? ' ' : static_cast<char>(std::tolower(c)); });
    more_words += static_cast<int>(narration.subtitles.size()) - static_cast<int>(std::ranges::count(clean, ' ')) / 2;
    for (const TimedWord& word : narration.subtitles)
      misheard_words += clean.find(" " + word.word + " ") == std::string::npos;
  }
  EXPECT_GT(misheard_words, 100);
  EXPECT_GT(more_words, 100);
}

TEST(WorldNarration, TheCleanedTextConsistsOfSentences) {
  for (const std::string& sentence : narration_of(1).denoised) {
    EXPECT_TRUE(sentence[0] >= 'A' && sentence[0] <= 'Z') << sentence;
    EXPECT_EQ(sentence.back(), '.') << sentence;
  }
}

}  // namespace
}  // namespace tvts::world
