#include "tvts/train/corpora/whisper.h"

#include <cmath>
#include <optional>
#include <utility>

#include "tvts/core/error.h"
#include "tvts/core/json/fields.h"
#include "tvts/media/inputs/file_text.h"

namespace tvts {
namespace {

double number(const Json& object, const char* key) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  return found != object.end() && found->is_number() ? found->get<double>() : std::nan("");
}

std::string text_of(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : "";
}

// Nothing when any word lacks its time.
std::optional<std::vector<TimedWord>> timed_words(const Json& segment) {
  std::vector<TimedWord> words;
  const auto found = segment.find("words");
  if (found == segment.end()) return std::nullopt;
  for (const Json& word : *found) {
    const double start = number(word, "start");
    if (!is_time_span(start, kLatestSeconds)) return std::nullopt;
    append_words(words, text_of(word, "word"), start);
  }
  return words.empty() ? std::nullopt : std::optional(std::move(words));
}

// Nothing when its times cannot be.
std::optional<Cue> read_segment(const Json& segment) {
  Cue cue{number(segment, "start"), number(segment, "end"), {}};
  if (!is_time_span(cue.start_seconds, cue.end_seconds)) return std::nullopt;
  if (auto words = timed_words(segment)) {
    cue.words = std::move(*words);
  } else {
    append_words(cue.words, text_of(segment, "text"), 0);
    spread_evenly(cue.words, cue.start_seconds, cue.end_seconds);
  }
  return cue;
}

}  // namespace

Cues read_whisper(std::string_view text, const std::string& name) {
  const Json json = located([&] { return parse_json(decoded_text(std::string(text))); }, name);
  const auto segments = json.find("segments");
  if (segments == json.end() || !segments->is_array()) {
    fail_input(name, ": found no \"segments\", expected the JSON that Whisper writes");
  }
  Cues cues;
  for (const Json& segment : *segments) {
    if (auto cue = read_segment(segment)) {
      cues.cues.push_back(std::move(*cue));
    } else {
      ++cues.broken;
    }
  }
  return cues;
}

}  // namespace tvts
