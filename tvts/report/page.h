// One self-contained HTML page of results: text, tables, charts and pictures. It needs no script and no network.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "tvts/report/chart.h"
#include "tvts/report/table.h"

namespace tvts {

struct Picture {
  std::string bytes;    // of a JPEG, PNG, GIF or WebP file; empty: none, and `alt` is shown in its place
  std::string alt;      // what is to be seen
  std::string caption;  // any text; empty: none
};

// A paragraph, a table, a chart, or pictures side by side.
using PageItem = std::variant<std::string, Table, Chart, std::vector<Picture>>;

struct PageSection {
  std::string heading;
  std::vector<PageItem> items;
};

struct Page {
  std::string title;
  std::string intro;
  std::vector<PageSection> sections;
};

// Throws Error(kInput) where a picture is none.
std::string html_page(const Page& page);

}  // namespace tvts
