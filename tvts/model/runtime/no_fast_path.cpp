// Stands in for tvts/model/cpu/inference where it is not built (TVTS_WITH_VIDEO OFF).
#include "tvts/core/error.h"
#include "tvts/model/cpu/inference/fast_encoders.h"
#include "tvts/model/cpu/inference/fast_path.h"

namespace tvts {

bool takes_fast_path(at::Device, const Products&) { return false; }

at::ScalarType fastest_type() { return at::kFloat; }

std::unique_ptr<Encoders> fast_encoders(const DualEncoder&, const Products&, const OnPacked&) {
  TVTS_ASSERT(false);
  return nullptr;
}

}  // namespace tvts
