#include "tvts/config/preprocess.h"

#include "tvts/core/error.h"

namespace tvts {

std::string to_string(Preprocess preprocess) {
  switch (preprocess) {
    case Preprocess::kTvtsv2Eval: return "tvtsv2-eval";
    case Preprocess::kTvtsv2Extract: return "tvtsv2-extract";
    case Preprocess::kClip: return "clip";
  }
  TVTS_ASSERT(false);
}

Preprocess preprocess_named(const std::string& name) {
  for (const Preprocess preprocess : {Preprocess::kTvtsv2Eval, Preprocess::kTvtsv2Extract, Preprocess::kClip}) {
    if (name == to_string(preprocess)) return preprocess;
  }
  fail_usage("no preprocessing is called '", name, "'; expected tvtsv2-eval, tvtsv2-extract or clip");
}

}  // namespace tvts
