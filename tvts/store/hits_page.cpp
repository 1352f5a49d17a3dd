#include "tvts/store/hits_page.h"

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string_view>

#include "tvts/core/error.h"
#include "tvts/report/html_text.h"

namespace tvts {
namespace {

constexpr char kStyle[] =
    R"(ol { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 1.25rem; list-style: none;
  margin: 0; padding: 0; }
h3 { margin: .4rem 0 0; font-size: 1rem; overflow-wrap: anywhere; }
img, .none { display: block; width: 100%; aspect-ratio: 16 / 9; object-fit: contain; background: #000; }
.none { background: var(--line); }
dl { display: grid; grid-template-columns: auto 1fr; gap: 0 .75rem; margin: 0; }
dt, .soft { color: var(--soft); }
dd { margin: 0; font-variant-numeric: tabular-nums; }
)";

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
  if (hit.significance) {
    html += definition("p-value", escaped(p_text(*hit.significance)));
    html += definition("z", number("%.1f", hit.significance->z));
  }
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
  std::string html = html_head("Search hits", kStyle);
  html += concat("<p class=\"soft\">In ", escaped(page.store), ", model ", escaped(page.model), "</p>\n");
  for (const PageQuery& query : page.queries) html += query_html(query);
  return html.append(kHtmlTail);
}

}  // namespace tvts
