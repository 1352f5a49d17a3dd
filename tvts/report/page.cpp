#include "tvts/report/page.h"

#include "tvts/core/error.h"
#include "tvts/report/html_text.h"

namespace tvts {
namespace {

constexpr char kStyle[] = R"(h2, figcaption, p { overflow-wrap: anywhere; }
p { max-width: 48rem; }
.soft, .missing { color: var(--soft); }
.table { overflow-x: auto; margin: 1rem 0 .25rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: .4rem; }
th, td { border-bottom: 1px solid var(--line); padding: .25rem .75rem .25rem 0; text-align: left; vertical-align: top;
  max-width: 24rem; overflow-wrap: break-word; }
th { font-weight: 600; }
tbody th { font-weight: 400; min-width: 9rem; }
.number { text-align: right; }
.missing { font-style: italic; }
svg { display: block; max-width: 100%; height: auto; margin: 1rem 0; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 1.25rem; }
figure { margin: 0; }
img, .none { display: block; width: 100%; aspect-ratio: 16 / 9; object-fit: contain; background: #000; }
.none { display: grid; place-items: center; background: var(--line); }
)";

std::string paragraph(const std::string& text) { return text.empty() ? "" : concat("<p>", escaped(text), "</p>\n"); }

std::string picture_html(const Picture& picture) {
  std::string html = "<figure>\n";
  if (picture.bytes.empty()) {
    html += concat("<div class=\"none\">", escaped(picture.alt), "</div>\n");
  } else {
    html += concat("<img src=\"", picture_uri(picture.bytes), "\" alt=\"", escaped(picture.alt), "\">\n");
  }
  if (!picture.caption.empty()) html += concat("<figcaption>", escaped(picture.caption), "</figcaption>\n");
  return html + "</figure>\n";
}

struct ItemHtml {
  std::string operator()(const std::string& text) const { return paragraph(text); }
  std::string operator()(const Table& table) const { return table_html(table); }
  std::string operator()(const Chart& chart) const { return chart_svg(chart); }
  std::string operator()(const std::vector<Picture>& pictures) const {
    std::string html = "<div class=\"pictures\">\n";
    for (const Picture& picture : pictures) html += picture_html(picture);
    return html + "</div>\n";
  }
};

}  // namespace

std::string html_page(const Page& page) {
  std::string html = html_head(page.title, kStyle) + paragraph(page.intro);
  for (const PageSection& section : page.sections) {
    html += concat("<section>\n<h2>", escaped(section.heading), "</h2>\n");
    for (const PageItem& item : section.items) html += std::visit(ItemHtml(), item);
    html += "</section>\n";
  }
  return html.append(kHtmlTail);
}

}  // namespace tvts
