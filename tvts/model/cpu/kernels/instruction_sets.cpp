#include "tvts/model/cpu/kernels/instruction_sets.h"

#include <hwy/targets.h>

namespace tvts {

void use_avx2_at_most() {
  hwy::DisableTargets(HWY_AVX3 | HWY_AVX3_DL);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

}  // namespace tvts
