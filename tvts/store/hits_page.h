// `search --html FILE`: one self-contained page of hits, with pictures inside it. Needs no JavaScript and no network.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "tvts/store/significance.h"

namespace tvts {

struct PageHit {
  std::size_t rank = 1;
  std::string path;  // any bytes
  double start = 0;  // seconds
  double end = 0;    // seconds
  double score = 0;
  std::optional<Significance> significance;
  std::string picture;  // bytes of a JPEG file; empty: none
};

struct PageQuery {
  std::string title;  // the text requested, or the file
  std::vector<PageHit> hits;
};

struct HitsPage {
  std::string store;  // where the hits are from
  std::string model;
  std::vector<PageQuery> queries;
};

std::string hits_page_html(const HitsPage& page);

}  // namespace tvts
