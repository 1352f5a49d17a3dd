#include "tvts/train/corpora/subtitles.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "tvts/core/error.h"
#include "tvts/media/inputs/file_text.h"
#include "tvts/media/inputs/media_names.h"
#include "tvts/train/corpora/whisper.h"

namespace tvts {
namespace {

constexpr std::string_view kArrow = "-->";

std::string_view take_line(std::string_view& text) {
  std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(line.size() + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// "01:02:03.500", "02:03,5": takes it from the start of the text.
std::optional<double> take_time(std::string_view& text) {
  double total = 0;
  for (int parts = 0; parts < 3; ++parts) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    total = total * 60 + number;
    if (parts > 0 && (text.starts_with('.') || text.starts_with(','))) break;
    if (!text.starts_with(':')) return std::nullopt;
    text.remove_prefix(1);
  }
  if (text.size() < 2 || (text[0] != '.' && text[0] != ',')) return std::nullopt;
  const std::size_t digits = std::min(text.find_first_not_of("0123456789", 1), text.size()) - 1;
  std::uint32_t fraction = 0;
  if (digits < 1 || digits > 9) return std::nullopt;
  std::from_chars(text.data() + 1, text.data() + 1 + digits, fraction);
  text.remove_prefix(1 + digits);
  return total + fraction / std::pow(10.0, static_cast<double>(digits));
}

// "00:01.000 --> 00:02.000 align:start"
std::optional<Cue> timing(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  const auto start = take_time(line);
  line.remove_prefix(std::min(line.find(kArrow), line.size()));
  if (!start || line.empty()) return std::nullopt;
  line.remove_prefix(kArrow.size());
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  const auto end = take_time(line);
  if (!end || !is_time_span(*start, *end)) return std::nullopt;
  return Cue{*start, *end, {}};
}

// A line's words, and whether it has times of its own. Tags (<i>, <c.colour>, {\an8}) are left out.
struct CueLine {
  std::vector<TimedWord> words;
  bool timed = false;
};

// The position of `mark` at or after `from`, or the end of the text. `next` keeps what was found for the next call, so
// that a line is searched once for any number of calls.
std::size_t find_on(std::string_view text, std::string_view mark, std::size_t from, std::optional<std::size_t>& next) {
  if (!next || *next < from) next = std::min(text.find(mark, from), text.size());
  return *next;
}

CueLine read_line(std::string_view line, double start) {
  CueLine read;
  double now = start;
  std::optional<std::size_t> next_angle, next_brace;
  for (std::size_t begin = 0; begin < line.size();) {
    const std::size_t tag = std::min(find_on(line, "<", begin, next_angle), find_on(line, "{\\", begin, next_brace));
    append_words(read.words, line.substr(begin, tag - begin), now);
    if (tag == line.size()) break;
    const std::size_t end = line.find(line[tag] == '<' ? '>' : '}', tag);
    if (end == std::string_view::npos) {
      append_words(read.words, line.substr(tag), now);  // a mark like any other
      break;
    }
    std::string_view inside = line.substr(tag + 1, end - tag - 1);
    begin = end + 1;
    const auto time = take_time(inside);
    if (time && inside.empty() && *time >= now && *time <= kLatestSeconds) {
      now = *time;
      read.timed = true;
    }
  }
  return read;
}

// A cue as it stands in the file.
struct RawCue {
  Cue cue;
  std::vector<CueLine> lines;
};

Cue finished(const RawCue& raw, bool timed_lines_only) {
  Cue cue = raw.cue;
  for (const CueLine& line : raw.lines) {
    if (timed_lines_only && !line.timed) continue;
    cue.words.insert(cue.words.end(), line.words.begin(), line.words.end());
  }
  if (!timed_lines_only) spread_evenly(cue.words, cue.start_seconds, cue.end_seconds);
  return cue;
}

// The lines of a cue end at an empty one.
RawCue read_cue(const Cue& cue, std::string_view& text) {
  RawCue raw{cue, {}};
  while (!text.empty()) {
    const std::string_view before = text;
    const std::string_view line = take_line(text);
    if (line.empty()) break;                            // one of blanks is a line
    if (line.find(kArrow) != std::string_view::npos) {  // the empty line was forgotten
      text = before;
      break;
    }
    raw.lines.push_back(read_line(line, cue.start_seconds));
  }
  return raw;
}

}  // namespace

Cues read_subtitles(std::string_view bytes) {
  const std::string decoded = decoded_text(std::string(bytes));
  std::string_view text = decoded;
  Cues cues;
  std::vector<RawCue> raw;
  bool any_timed = false;
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line.find(kArrow) == std::string_view::npos) continue;  // a header, a note, a style, a number
    if (const auto cue = timing(line)) {
      raw.push_back(read_cue(*cue, text));
      any_timed = any_timed || std::ranges::any_of(raw.back().lines, &CueLine::timed);
    } else {
      ++cues.broken;
    }
  }
  for (const RawCue& cue : raw) cues.cues.push_back(finished(cue, any_timed));
  return cues;
}

Cues read_transcript(std::string_view text, const std::string& name) {
  const bool is_subtitles = has_extension(name, ".vtt") || has_extension(name, ".srt");
  if (!is_subtitles && !has_extension(name, ".json")) {
    fail_input(name, ": found another name, expected one that ends in .vtt, .srt or .json");
  }
  Cues cues = is_subtitles ? read_subtitles(text) : read_whisper(text, name);
  if (cues.cues.empty()) fail_input(name, ": found ", cues.broken, " broken cues and no whole one, expected some");
  return cues;
}

Annotation annotation_of(const Cues& cues) {
  Annotation annotation;
  annotation.subtitles = transcript_of(cues).words;
  for (const Cue& cue : cues.cues) {
    std::string piece;
    for (const TimedWord& word : cue.words) piece += (piece.empty() ? "" : " ") + word.text;
    if (!piece.empty()) annotation.denoised.push_back(std::move(piece));
    annotation.duration_seconds = std::max(annotation.duration_seconds, cue.end_seconds);
  }
  return annotation;
}

Transcript transcript_of(const Cues& cues) {
  Transcript transcript;
  for (const Cue& cue : cues.cues) transcript.words.insert(transcript.words.end(), cue.words.begin(), cue.words.end());
  std::ranges::stable_sort(transcript.words, {}, &TimedWord::seconds);
  return transcript;
}

}  // namespace tvts
