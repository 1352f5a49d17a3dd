#include "lab/world/narration.h"

#include <algorithm>
#include <iterator>
#include <sstream>

#include "lab/world/captions.h"
#include "lab/world/draw.h"

namespace tvts::world {
namespace {

constexpr std::string_view kFillers = "um|uh|like|you know|okay|right|so|kind of";
constexpr int kPercentFillers = 7, kPercentMisheard = 8, kPercentDisplaced = 15, kPercentTurnsOfSpeaker = 2;
constexpr int kMostDisplaced = 60;  // centiseconds

std::vector<std::string> words_of(std::string_view text) {
  std::istringstream stream{std::string(text)};
  return {std::istream_iterator<std::string>(stream), {}};
}

std::string as_sentence(std::string words) {
  words[0] = static_cast<char>(words[0] - ('a' <= words[0] && words[0] <= 'z' ? 'a' - 'A' : 0));
  return words + ".";
}

std::vector<std::string> heard_words(std::string_view sentence, RandomStream& random) {
  std::vector<std::string> heard;
  if (draw_percent(kPercentTurnsOfSpeaker, random)) heard.push_back("&gt;&gt;");
  for (std::string& word : words_of(sentence)) {
    if (draw_percent(kPercentFillers, random)) {
      for (std::string& filler : words_of(pick(kFillers, random))) heard.push_back(std::move(filler));
    }
    const bool mistaken = word.size() > 3 && draw_percent(kPercentMisheard, random);
    heard.push_back(mistaken ? misheard(std::move(word), random) : std::move(word));
  }
  return heard;
}

struct Span {
  int begin, end;  // centiseconds
};

// Evenly over the span, then some words too early or too late.
void add_words(const std::vector<std::string>& words, Span span, int latest, Narration& narration,
               RandomStream& random) {
  const int count = static_cast<int>(words.size());
  for (int i = 0; i < count; ++i) {
    int time = span.begin + (span.end - span.begin) * i / count + draw_between(0, 12, random);
    if (draw_percent(kPercentDisplaced, random)) time += draw_between(-kMostDisplaced, kMostDisplaced, random);
    const int before = narration.subtitles.empty() ? 0 : narration.subtitles.back().centiseconds;
    narration.subtitles.push_back({words[static_cast<std::size_t>(i)], std::clamp(time, before, latest)});
  }
}

}  // namespace

std::string misheard(std::string word, RandomStream& random) {
  for (int edits = draw_between(1, 2, random); edits > 0; --edits) {
    const std::size_t position = random.below(word.size());
    const char letter = static_cast<char>('a' + draw_between(0, 25, random));
    switch (random.below(3)) {
      case 0: word[position] = letter; break;
      case 1: word.erase(position, 1); break;
      default: word.insert(position, 1, letter);
    }
  }
  return word;
}

Narration narrate(const Scene& scene, RandomStream& random) {
  Narration narration;
  const int centiseconds_per_clip = frame_count(scene) * 100 / kFramesPerSecond;
  for (std::size_t shot = 0, frame = 0; shot < scene.shots.size(); ++shot) {
    std::vector<std::string> words;
    for (std::string& sentence : speech_sentences(scene, shot, random)) {
      for (std::string& word : heard_words(sentence, random)) words.push_back(std::move(word));
      narration.denoised.push_back(as_sentence(std::move(sentence)));
    }
    const int begin = static_cast<int>(frame) * 100 / kFramesPerSecond;
    frame += static_cast<std::size_t>(scene.shots[shot].frames);
    const int end = static_cast<int>(frame) * 100 / kFramesPerSecond;
    add_words(words, {begin + draw_between(15, 45, random), end - draw_between(20, 80, random)},
              centiseconds_per_clip - 1, narration, random);
  }
  return narration;
}

}  // namespace tvts::world
