#include "lab/study/study_measures.h"

#include <algorithm>

#include "tvts/core/error.h"
#include "tvts/report/plain_text.h"

namespace tvts {
namespace {

constexpr MeasureName kMeasureNames[] = {{"t2v_query_r1", "R@1", 1},
                                         {"t2v_query_r5", "R@5", 1},
                                         {"t2v_query_mms", "MMS", 3},
                                         {"twins_order", "order of twins", 1},
                                         {"twins_direction", "direction of twins", 1},
                                         {"kinds", "kind of motion", 1},
                                         {"sorting", "sorting", 1}};

}  // namespace

const MeasureName& measure_named(const std::string& key) {
  const auto* found = std::ranges::find(kMeasureNames, key, &MeasureName::key);
  TVTS_ASSERT(found != std::end(kMeasureNames));
  return *found;
}

std::string sample_text(const Sample& sample, const std::string& measure) {
  const int decimals = measure_named(measure).decimals;
  const std::string mean = fixed(sample.mean, decimals);
  return sample.n < 2 ? mean : concat(mean, " ± ", fixed(sample.deviation, decimals));
}

}  // namespace tvts
