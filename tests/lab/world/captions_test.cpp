#include "lab/world/captions.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <set>

#include "lab/world/narration.h"
#include "lab/world/scene_sampler.h"
#include "tests/text/clip_vocabulary.h"
#include "tvts/text/tokenizer.h"

namespace tvts::world {
namespace {

std::set<std::string> words_of(const std::string& text) {
  std::set<std::string> words;
  std::string word;
  for (const char c : text + " ") {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0 || c == '\'') {
      word += static_cast<char>(std::tolower(c));
    } else if (!word.empty()) {
      words.insert(std::exchange(word, ""));
    }
  }
  return words;
}

// What a model reads in training: speech, alt-text, and stills in all registers.
std::set<std::string> training_words() {
  RandomStream random(1, "training words");
  std::set<std::string> words;
  for (int i = 0; i < 2000; ++i) {
    const Scene scene = sample_scene(Split::kTrain, {12, 12}, random);
    words.merge(words_of(alt_caption(scene, random)));
    for (const std::string& sentence : narrate(scene, random).denoised) words.merge(words_of(sentence));
    const Still still = sample_still(Split::kTrain, random);
    for (int reg = 0; reg < kRegisterCount; ++reg) {
      words.merge(words_of(still_caption(static_cast<Register>(reg), still, random)));
    }
  }
  return words;
}

TEST(WorldCaptions, EveryWordOfATestOccursInTraining) {
  const std::set<std::string> trained = training_words();
  RandomStream random(2, "test words");
  for (int i = 0; i < 1000; ++i) {
    const Scene scene = sample_scene(Split::kTest, {12, 12}, random);
    for (const std::string& text :
         {query_caption(scene, random), query_paragraph(scene, random), alt_caption(scene, random)}) {
      for (const std::string& word : words_of(text)) ASSERT_TRUE(trained.contains(word)) << word;
    }
  }
}

TEST(WorldCaptions, EachRegisterHasWordsOfItsOwn) {
  RandomStream random(3, "registers");
  std::set<std::string> alt, query;
  for (int i = 0; i < 1000; ++i) {
    const Scene scene = sample_scene(Split::kTrain, {12, 12}, random);
    alt.merge(words_of(alt_caption(scene, random)));
    query.merge(words_of(query_caption(scene, random)));
  }
  EXPECT_TRUE(alt.contains("sliding") && !query.contains("sliding"));
  EXPECT_TRUE(query.contains("crimson") && !alt.contains("crimson"));
  EXPECT_TRUE(query.contains("left") && alt.contains("left"));
}

TEST(WorldCaptions, TellsTheEventsInTheirOrder) {
  RandomStream random(4, "order");
  Scene scene = sample_scene(Split::kTrain, {12, 12}, random);
  scene.shots[0].event = {EventKind::kLeft, {Shape::kCross, Colour::kRed}};
  scene.shots[1].event = {EventKind::kUp, {Shape::kRing, Colour::kBlue}};
  for (int i = 0; i < 50; ++i) {
    for (const std::string& text : {query_caption(scene, random), alt_caption(scene, random)}) {
      EXPECT_LT(text.find("left"), text.find(" up") == std::string::npos ? text.find("ris") : text.find(" up")) << text;
    }
  }
}

TEST(WorldCaptions, FitIntoTheTextEncodersContext) {
  TVTS_SKIP_WITHOUT_VOCABULARY;
  const Tokenizer tokenizer(Vocabulary::from_file(TVTS_VOCABULARY));
  const auto tokens = [&](const std::string& text) {
    return std::ranges::count_if(tokenizer.encode(text), [](int id) { return id != 0; });
  };
  RandomStream random(5, "lengths");
  for (int i = 0; i < 500; ++i) {
    const Scene scene = sample_scene(Split::kTrain, {12, 12}, random);
    EXPECT_LE(tokens(query_caption(scene, random)), 30);
    EXPECT_LE(tokens(alt_caption(scene, random)), 30);
    std::string speech;
    for (const std::string& sentence : speech_sentences(scene, 1, random)) speech += sentence + " ";
    EXPECT_LE(tokens(speech), 40) << speech;
    EXPECT_LE(tokens(still_caption(Register::kQuery, sample_still(Split::kTrain, random), random)), 32);
    EXPECT_LE(tokens(query_paragraph(sample_scene(Split::kTest, {12, 12, 12, 12}, random), random)), 76);
  }
}

TEST(WorldCaptions, ArticlesFollowTheSound) {
  EXPECT_EQ(with_article("orange disc"), "an orange disc");
  EXPECT_EQ(with_article("red disc"), "a red disc");
}

TEST(WorldCaptions, TheFirstWordIsPickedHalfOfTheTime) {
  RandomStream random(6, "pick");
  int first = 0, last = 0;
  for (int i = 0; i < 3000; ++i) {
    const std::string_view word = pick("a|b|c|d", random);
    first += word == "a", last += word == "d";
  }
  EXPECT_NEAR(first, 1500, 120);
  EXPECT_NEAR(last, 500, 90);
}

}  // namespace
}  // namespace tvts::world
