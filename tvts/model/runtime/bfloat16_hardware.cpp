#include "tvts/model/runtime/bfloat16_hardware.h"

#include <ATen/Version.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <string>

namespace tvts {
namespace {

bool cpu_has_it() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx512bf16") != 0 || __builtin_cpu_supports("amx-bf16") != 0;
#else
  return false;
#endif
}

bool has_libtorch_avx512() { return at::get_cpu_capability() == "AVX512"; }

// oneDNN does not report a limit that the environment sets, so its variables are read here as oneDNN reads them. Names
// that it does not have change nothing.
bool is_onednn_held_below() {
  const char* limit = nullptr;
  for (const char* variable : {"ONEDNN_MAX_CPU_ISA", "DNNL_MAX_CPU_ISA"}) {
    if (limit == nullptr) limit = std::getenv(variable);
  }
  std::string name = limit == nullptr ? "" : limit;
  std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  constexpr const char* kBelow[] = {"SSE41",           "AVX", "AVX2", "AVX2_VNNI", "AVX2_VNNI_2", "AVX512_CORE",
                                    "AVX512_CORE_VNNI"};
  return std::ranges::find(kBelow, name) != std::end(kBelow);
}

}  // namespace

bool has_bfloat16_hardware() { return cpu_has_it() && has_libtorch_avx512() && !is_onednn_held_below(); }

double emulated_bfloat16_factor() {
  constexpr double kOnAvx2 = 10, kOnAvx512 = 2;
  return has_libtorch_avx512() ? kOnAvx512 : kOnAvx2;
}

}  // namespace tvts
