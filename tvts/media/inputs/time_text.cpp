#include "tvts/media/inputs/time_text.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

#include "tvts/core/error.h"
#include "tvts/core/number_in.h"
#include "tvts/core/trimmed.h"
#include "tvts/core/utf8.h"

namespace tvts {
namespace {

constexpr std::string_view kDigits = "0123456789";

bool is_digits(std::string_view text) { return !text.empty() && text.find_first_not_of(kDigits) == text.npos; }

std::optional<double> finite_number(std::string_view text) {
  const auto value = number_in<double>(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

// Of HH:MM:SS the minutes and the whole seconds, two digits below 60 each.
bool is_sixtieth(std::string_view text) { return text.size() == 2 && is_digits(text) && text[0] < '6'; }

// "01:02:03", "1:02:03.5".
std::optional<double> clock_time(std::string_view text) {
  constexpr std::size_t kMostHourDigits = 6;
  const std::size_t first = text.find(':'), second = text.find(':', std::min(first, text.size() - 1) + 1);
  if (second == text.npos) return std::nullopt;
  const std::string_view hours = text.substr(0, first), minutes = text.substr(first + 1, second - first - 1);
  const std::string_view seconds = text.substr(second + 1), whole = seconds.substr(0, seconds.find('.'));
  const bool fraction_fits = whole.size() == seconds.size() || is_digits(seconds.substr(whole.size() + 1));
  if (!is_digits(hours) || hours.size() > kMostHourDigits || !is_sixtieth(minutes) || !is_sixtieth(whole) ||
      !fraction_fits) {
    return std::nullopt;
  }
  return *finite_number(hours) * 3600 + *finite_number(minutes) * 60 + *finite_number(seconds);
}

const char* likely_cause(std::string_view text) {
  const auto colons = std::ranges::count(text, ':');
  if (colons == 1) return ", in which it is not clear whether the first part is hours or minutes";
  if (colons == 0 && std::ranges::count(text, ',') == 1) return ", which has a comma for its point";
  return "";
}

}  // namespace

double seconds_from_text(std::string_view raw, const std::string& what) {
  const std::string_view text = trimmed(raw);
  std::optional<double> value = finite_number(text);
  if (!value && !text.empty()) value = clock_time(text);
  if (!value || *value < 0) {
    fail_input("found the ", what, " \"", to_utf8(text.substr(0, 40)), "\"", likely_cause(text),
               "; expected seconds from 0 on, such as 12.5, or HH:MM:SS");
  }
  return *value;
}

}  // namespace tvts
