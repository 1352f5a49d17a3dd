#include "tvts/search/hits_page.h"

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string_view>

#include "tvts/core/error.h"

namespace tvts {
namespace {

constexpr char kHead[] = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>Search hits</title>
<style>
:root { color-scheme: light dark; --text: #1b1b1f; --ground: #fdfdfd; --soft: #55585f; --line: #c9ccd3; }
@media (prefers-color-scheme: dark) { :root { --text: #e8e8ea; --ground: #16171a; --soft: #a9adb6; --line: #43464d; } }
body { margin: 0 auto; max-width: 72rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--text);
  background: var(--ground); }
h2 { border-top: 1px solid var(--line); padding-top: 1rem; overflow-wrap: anywhere; }
ol { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 1.25rem; list-style: none;
  margin: 0; padding: 0; }
h3 { margin: .4rem 0 0; font-size: 1rem; overflow-wrap: anywhere; }
img, .none { display: block; width: 100%; aspect-ratio: 16 / 9; object-fit: contain; background: #000; }
.none { background: var(--line); }
dl { display: grid; grid-template-columns: auto 1fr; gap: 0 .75rem; margin: 0; }
dt, .soft { color: var(--soft); }
dd { margin: 0; font-variant-numeric: tabular-nums; }
</style>
</head>
<body>
<main>
<h1>Search hits</h1>
)";

constexpr char kTail[] = "</main>\n</body>\n</html>\n";

// The length of the well-formed UTF-8 sequence at the start of `text`, 0 when there is none.
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return follows(1) ? 2 : 0;
  if (!follows(1) || !follows(2)) return 0;
  if (first >= 0xE0 && first < 0xF0) {
    const bool is_overlong = first == 0xE0 && byte(1) < 0xA0;
    const bool is_surrogate = first == 0xED && byte(1) >= 0xA0;
    return is_overlong || is_surrogate ? 0 : 3;
  }
  if (first < 0xF0 || first > 0xF4 || !follows(3)) return 0;
  const bool is_overlong = first == 0xF0 && byte(1) < 0x90;
  const bool is_too_large = first == 0xF4 && byte(1) >= 0x90;
  return is_overlong || is_too_large ? 0 : 4;
}

// For element content and quoted attributes alike. Control characters, which HTML does not allow, and bytes that are
// not UTF-8 become U+FFFD.
std::string escaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    const char c = text.front();
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (c == '\'')
      out += "&#39;";
    else if (length == 0 || (length == 1 && (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)))
      out += "\uFFFD";
    else
      out += text.substr(0, length);
    text.remove_prefix(length == 0 ? 1 : length);
  }
  return out;
}

std::string base64(std::string_view bytes) {
  constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    uint32_t triple = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      triple = triple << 8 | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0U);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      out += i + j <= bytes.size() ? kDigits[triple >> (18 - 6 * j) & 63U] : '=';
    }
  }
  return out;
}

std::string number(const char* format, double value) {
  char text[64];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

// Seconds as players show them: 1:02:03.5, 0:07.0.
std::string clock_time(double seconds) {
  const auto tenths = static_cast<int64_t>(std::llround(std::fmin(std::fmax(seconds, 0.0), 1e9) * 10));
  const int64_t minutes = tenths / 600;
  const double rest = static_cast<double>(tenths % 600) / 10;
  if (minutes < 60) return concat(minutes, number(":%04.1f", rest));
  return concat(minutes / 60, number(":%02.0f", static_cast<double>(minutes % 60)), number(":%04.1f", rest));
}

std::string definition(std::string_view term, std::string_view value) {
  return concat("<dt>", term, "</dt><dd>", value, "</dd>\n");
}

std::string hit_html(const PageHit& hit) {
  const std::string span = clock_time(hit.start) + "–" + clock_time(hit.end);
  std::string html = "<li>\n";
  if (hit.picture.empty()) {
    html += "<div class=\"none\"></div>\n";
  } else {
    html += concat("<img src=\"data:image/jpeg;base64,", base64(hit.picture), "\" alt=\"A frame of ", escaped(hit.path),
                   " between ", span, "\">\n");
  }
  html += concat("<h3>", hit.rank, ". ", escaped(hit.path), "</h3>\n<dl>\n", definition("Time", span),
                 definition("Score", number("%.4f", hit.score)));
  if (hit.p_value) html += definition("p-value", number("%.2g", *hit.p_value));
  return html + "</dl>\n</li>\n";
}

std::string query_html(const PageQuery& query) {
  std::string html = concat("<section>\n<h2>", escaped(query.title), "</h2>\n");
  if (query.hits.empty()) return html + "<p>Nothing matches.</p>\n</section>\n";
  html += "<ol>\n";
  for (const PageHit& hit : query.hits) html += hit_html(hit);
  return html + "</ol>\n</section>\n";
}

}  // namespace

std::string hits_page_html(const HitsPage& page) {
  std::string html = kHead;
  html += concat("<p class=\"soft\">In ", escaped(page.store), ", model ", escaped(page.model), "</p>\n");
  for (const PageQuery& query : page.queries) html += query_html(query);
  return html + kTail;
}

}  // namespace tvts
