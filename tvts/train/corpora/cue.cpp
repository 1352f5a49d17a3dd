#include "tvts/train/corpora/cue.h"

#include <cmath>
#include <string>
#include <utility>

#include "tvts/text/html_entities.h"
#include "tvts/text/unicode.h"

namespace tvts {

bool is_time_span(double start, double end) {
  return std::isfinite(start) && std::isfinite(end) && start >= 0 && start <= end && end <= kLatestSeconds;
}

void append_words(std::vector<TimedWord>& words, std::string_view raw, double seconds) {
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) words.push_back({seconds, std::exchange(word, {})});
  };
  for (const char32_t c : unescape_html(decode_utf8(raw))) {
    if (is_white_space(c)) {
      end_word();
    } else {
      append_utf8(word, c);
    }
  }
  end_word();
}

void spread_evenly(std::vector<TimedWord>& words, double start, double end) {
  const double share = words.empty() ? 0 : (end - start) / static_cast<double>(words.size());
  for (std::size_t k = 0; k < words.size(); ++k) words[k].seconds = start + static_cast<double>(k) * share;
}

}  // namespace tvts
