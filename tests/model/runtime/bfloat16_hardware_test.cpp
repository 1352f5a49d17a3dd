#include "tvts/model/runtime/bfloat16_hardware.h"

#include <ATen/Version.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <string>

namespace tvts::test {
namespace {

// The features as Linux lists them.
bool is_listed(const std::string& feature) {
  std::ifstream file("/proc/cpuinfo");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("flags")) return (line + " ").find(" " + feature + " ") != std::string::npos;
  }
  return false;
}

class Limited {
 public:
  Limited(const char* variable, const char* value) : variable_(variable) { setenv(variable, value, /*overwrite=*/1); }
  ~Limited() { unsetenv(variable_); }
  Limited(const Limited&) = delete;
  Limited& operator=(const Limited&) = delete;

 private:
  const char* variable_;
};

class Bfloat16Hardware : public testing::Test {
 protected:
  void SetUp() override {
    if (std::getenv("ONEDNN_MAX_CPU_ISA") != nullptr) GTEST_SKIP() << "oneDNN is limited from outside";
  }
};

TEST_F(Bfloat16Hardware, IsWhatTheCpuListsWhereLibtorchUsesIt) {
  const bool listed = is_listed("avx512_bf16") || is_listed("amx_bf16");
  EXPECT_EQ(has_bfloat16_hardware(), listed && at::get_cpu_capability() == "AVX512");
}

TEST_F(Bfloat16Hardware, IsNoneWhereOneDnnIsHeldBelowIt) {
  for (const char* limit : {"AVX2", "avx2", "AVX512_CORE", "AVX512_CORE_VNNI"}) {
    const Limited onednn("ONEDNN_MAX_CPU_ISA", limit);
    EXPECT_FALSE(has_bfloat16_hardware()) << limit;
  }
  const bool unlimited = has_bfloat16_hardware();
  for (const char* limit : {"AVX512_CORE_BF16", "DEFAULT", "AVX512_CORE_AMX"}) {
    const Limited onednn("ONEDNN_MAX_CPU_ISA", limit);
    EXPECT_EQ(has_bfloat16_hardware(), unlimited) << limit;
  }
}

TEST_F(Bfloat16Hardware, EmulatedIsSlower) { EXPECT_GT(emulated_bfloat16_factor(), 1); }

}  // namespace
}  // namespace tvts::test
