#include "tvts/train/corpora/annotation.h"

#include <cmath>

#include "tvts/core/error.h"
#include "tvts/core/json/fields.h"
#include "tvts/core/json/json_text.h"
#include "tvts/media/inputs/file_text.h"
#include "tvts/text/alignment.h"
#include "tvts/text/fix_text.h"
#include "tvts/text/unicode.h"

namespace tvts {
namespace {

constexpr double kLongestSeconds = 1e7;  // 115 days

// The member of an object. Throws Error(kInput).
const Json& member(const Json& object, const char* key, Json::value_t type) {
  if (!object.is_object()) fail_input("found a ", object.type_name(), ", expected an object with \"", key, "\"");
  const auto found = object.find(key);
  if (found == object.end()) fail_input("found no \"", key, "\"");
  const bool fits = type == Json::value_t::number_float ? found->is_number() : found->type() == type;
  if (!fits)
    fail_input("found in \"", key, "\" a value of type ", found->type_name(), ", expected ", Json(type).type_name());
  return *found;
}

double seconds(const Json& object, const char* key) {
  const double value = member(object, key, Json::value_t::number_float);
  if (!std::isfinite(value) || value < 0 || value > kLongestSeconds) {
    fail_input("found a ", key, " of ", value, " s, expected 0 to ", kLongestSeconds);
  }
  return value;
}

Annotation annotation_of(const Json& object) {
  Annotation annotation;
  annotation.duration_seconds = seconds(member(object, "info", Json::value_t::object), "duration");
  for (const Json& word : member(object, "subtitles", Json::value_t::array)) {
    annotation.subtitles.push_back({seconds(word, "time"), member(word, "word", Json::value_t::string)});
  }
  for (const Json& piece : member(object, "denoised", Json::value_t::array)) {
    annotation.denoised.push_back(member(piece, "cleanasr", Json::value_t::string));
  }
  return annotation;
}

void append_words(std::vector<std::string>& words, const std::string& text) {
  std::string word;
  for (const char32_t c : decode_utf8(text)) {
    if (!is_white_space(c)) {
      append_utf8(word, c);
    } else if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
}

}  // namespace

Annotation parse_annotation(std::string_view text, const std::string& name) {
  return annotation_from(located([&] { return parse_json_object(decoded_text(std::string(text))); }, name), name);
}

Annotation annotation_from(const Json& object, const std::string& name) {
  return located([&] { return annotation_of(object); }, name);
}

std::string annotation_json(const Annotation& annotation) {
  Json json;
  json["subtitles"] = Json::array();
  for (const TimedWord& word : annotation.subtitles) {
    json["subtitles"].push_back({{"word", to_utf8(word.text)}, {"time", word.seconds}});
  }
  json["denoised"] = Json::array();
  for (const std::string& piece : annotation.denoised) json["denoised"].push_back({{"cleanasr", to_utf8(piece)}});
  json["info"] = {{"duration", annotation.duration_seconds}};
  return json.dump() + "\n";
}

std::vector<TimedWord> cleaned_subtitles(const Annotation& annotation) {
  std::vector<TimedWord> words;
  for (const TimedWord& word : annotation.subtitles) {
    if (word.text.starts_with('&') || word.text.ends_with(';')) continue;
    words.push_back({word.seconds, encode_utf8(fix_text(decode_utf8(word.text)))});
  }
  return words;
}

Transcript aligned_transcript(const Annotation& annotation) {
  Transcript transcript{cleaned_subtitles(annotation), annotation.duration_seconds};
  std::vector<std::string> timed, spelled;
  for (const std::string& piece : annotation.denoised) append_words(spelled, piece);
  if (spelled.empty()) return transcript;
  for (TimedWord& word : transcript.words) timed.push_back(std::move(word.text));
  std::vector<std::string> texts = align_words(timed, spelled);
  for (std::size_t i = 0; i < texts.size(); ++i) transcript.words[i].text = std::move(texts[i]);
  return transcript;
}

}  // namespace tvts
