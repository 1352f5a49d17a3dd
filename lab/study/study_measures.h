// The measures of the study, as they are shown.
#pragma once

#include <string>

#include "lab/study/study_results.h"

namespace tvts {

struct MeasureName {
  const char* key;   // of the world's test
  const char* name;  // "R@1"
  int decimals;
};
const MeasureName& measure_named(const std::string& key);

// "34.5 ± 1.2"; of one seed its value alone.
std::string sample_text(const Sample& sample, const std::string& measure);

}  // namespace tvts
