#include "tvts/model/cpu/inference/fast_path.h"

#include <gtest/gtest.h>

#include <hwy/targets.h>

namespace tvts::test {
namespace {

// Run twice: as libtorch finds the CPU, and with ATEN_CPU_CAPABILITY=avx2 in the environment (CMakeLists.txt).
TEST(FastPath, KernelsUseAvx512WhereLibtorchDoes) {
  takes_fast_path(at::kCPU, {.type = at::kFloat});
  const bool is_allowed = (hwy::SupportedTargets() & HWY_AVX3) != 0;
  EXPECT_EQ(is_allowed, at::get_cpu_capability() == "AVX512") << at::get_cpu_capability();
}

}  // namespace
}  // namespace tvts::test
