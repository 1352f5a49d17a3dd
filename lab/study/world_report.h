// Results of the world's tests as tables, JSON and a page.
#pragma once

#include <string>
#include <vector>

#include "lab/study/world_results.h"
#include "tvts/core/json/parse_json.h"
#include "tvts/metrics/bootstrap.h"
#include "tvts/report/page.h"

namespace tvts {

// The lead of the model over one of its controls.
struct Gain {
  std::string task, control;
  Interval interval;  // 95 %, paired bootstrap over the items
  bool is_clear() const { return interval.low > 0; }
};
// Of every task that is no rank, over every control.
std::vector<Gain> gains_over_controls(const WorldResults& results);

// The results of every system, and the model's lead over its controls, with a sentence for each that it does not beat.
std::vector<Table> world_tables(const WorldResults& results);

// {"format": "tvts-world-results", ..., "tasks": [{"key", "title", "chance", "ceiling", "model", ..., "gains",
// "items"}]}
Json world_json(const WorldResults& results);

Page world_page(const WorldResults& results);

}  // namespace tvts
