// The memory that loading a full-size model takes besides the mapped file.
#include <sys/resource.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/model/pretrained/python_script.h"
#include "tests/support/temporary_folder.h"
#include "tvts/model/pretrained/load_model.h"
#include "tvts/model/weights/expected.h"

// A sanitizer's own bookkeeping is memory too.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define TVTS_SKIP_UNDER_SANITIZERS() GTEST_SKIP() << "a sanitizer takes memory of its own"
#else
#define TVTS_SKIP_UNDER_SANITIZERS() static_assert(true)
#endif

namespace tvts::test {
namespace {

// Private writable memory of this process, touched or not, in bytes: what RLIMIT_DATA bounds. A file mapped read-only
// is not part of it.
rlim_t private_memory() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    std::istringstream words(line);
    std::string key;
    rlim_t kilobytes = 0;
    if (words >> key >> kilobytes && key == "VmData:") return kilobytes * 1024;
  }
  return 0;
}

// In a process of its own. Exits with 0 when the model was loaded, whole.
[[noreturn]] void load_within(rlim_t bytes, const std::string& path, int64_t parameters) {
  const rlim_t limit = private_memory() + bytes;
  const rlimit limits = {limit, limit};
  if (setrlimit(RLIMIT_DATA, &limits) != 0) _exit(3);
  try {
    const ModelState state = open_model_state(path, {});
    DualEncoder model = dual_encoder_of(state);
    int64_t filled = 0;
    for (const auto& [name, parameter] : named_parameters(model)) filled += parameter.numel();
    _exit(filled == parameters ? 0 : 1);
  } catch (const std::exception&) {
    _exit(2);
  }
}

TEST(LoadingMemory, IsAtMostTheFloat32ModelAndAFifthOfIt) {
  TVTS_SKIP_UNDER_SANITIZERS();
  const ModelConfig config = named_model("ViT-B-32");
  nlohmann::json shapes;
  for (const ExpectedTensor& tensor : expected_tensors(config)) shapes.push_back({tensor.name, tensor.shape});
  const TemporaryFolder folder;
  const std::string file = folder / "half.pth";
  TVTS_RUN_SCRIPT("tests/model/pretrained/make_full_size.py", {folder.add("shapes.json", shapes.dump()), file});

  const int64_t parameters = count_parameters(config).total();
  const rlim_t size = static_cast<rlim_t>(parameters) * sizeof(float);
  EXPECT_EXIT(load_within(size * 12 / 10, file, parameters), testing::ExitedWithCode(0), "");
  EXPECT_EXIT(load_within(size * 9 / 10, file, parameters), testing::ExitedWithCode(2), "")
      << "the limit holds nothing";
}

}  // namespace
}  // namespace tvts::test
