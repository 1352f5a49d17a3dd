// Damaged files: an Error or a model, never a crash (run under ASan and UBSan in CI).
#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "tests/model/weights/made_files.h"
#include "tvts/core/error.h"
#include "tvts/core/input_file.h"
#include "tvts/model/weights/model_state.h"
#include "tvts/model/weights/safetensors.h"
#include "tvts/model/weights/torch_archive.h"

namespace tvts {
namespace {

// Reads the bytes and touches every number of every tensor.
bool reads(const std::string& file) {
  const Bytes bytes = std::as_bytes(std::span(file));
  try {
    const auto tensors =
        file.starts_with("PK") ? read_torch_archive({bytes, "f"}).tensors : read_safetensors({bytes, "f"}).tensors;
    for (const NamedTensor& tensor : tensors) {
      const int64_t count = element_count(tensor.view.shape);
      if (!is_floating(tensor.view.dtype) || count > (1 << 24)) continue;
      std::vector<float> out(static_cast<std::size_t>(count));
      copy_to_float(tensor.view, out);
    }
    return true;
  } catch (const Error&) {
    return false;
  }
}

// The archive with all bytes of the tensors' data left out of play: flips land where the structure is.
std::vector<std::size_t> structure_of(const std::string& file) {
  std::vector<std::size_t> offsets;
  const Bytes bytes = std::as_bytes(std::span(file));
  const auto tensors =
      file.starts_with("PK") ? read_torch_archive({bytes, "f"}).tensors : read_safetensors({bytes, "f"}).tensors;
  std::vector<bool> is_data(file.size(), false);
  for (const NamedTensor& tensor : tensors) {
    const auto begin = static_cast<std::size_t>(tensor.view.storage.data() - bytes.data());
    std::fill_n(is_data.begin() + static_cast<std::ptrdiff_t>(begin), tensor.view.storage.size(), true);
  }
  for (std::size_t i = 0; i < file.size(); ++i) {
    if (!is_data[i]) offsets.push_back(i);
  }
  return offsets;
}

class Damaged : public testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    const std::string folder = test::made_files();
    TVTS_NEEDS_MADE_FILES(folder);
    file_ = read_file(folder + "/" + GetParam());
  }
  std::string file_;
};

TEST_P(Damaged, CutAnywhereIsAnError) {
  ASSERT_TRUE(reads(file_));
  const std::size_t step = file_.size() > 20'000 ? 997 : 1;
  for (std::size_t size = 0; size < file_.size(); size += step) ASSERT_FALSE(reads(file_.substr(0, size))) << size;
}

TEST_P(Damaged, WithFlippedBitsNeverCrashes) {
  const std::vector<std::size_t> structure = structure_of(file_);
  std::mt19937 random(7);
  int errors = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string damaged = file_;
    for (int flips = 1 + static_cast<int>(random() % 3); flips > 0; --flips) {
      damaged[structure[random() % structure.size()]] ^= static_cast<char>(1 << random() % 8);
    }
    errors += reads(damaged) ? 0 : 1;
  }
  EXPECT_GT(errors, 0);
}

TEST_P(Damaged, WithBytesReplacedNeverCrashes) {
  const std::vector<std::size_t> structure = structure_of(file_);
  std::mt19937 random(8);
  int errors = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string damaged = file_;
    const std::size_t at = structure[random() % structure.size()];
    for (std::size_t i = at; i < std::min(at + 1 + random() % 8, damaged.size()); ++i) {
      damaged[i] = random() % 2 == 0 ? '\xff' : static_cast<char>(random());
    }
    errors += reads(damaged) ? 0 : 1;
  }
  EXPECT_GT(errors, 0);
}

// Names and sizes that the header misstates reach the search for the model's sizes.
TEST(DamagedModel, IsOpenedOrRefused) {
  const std::string folder = test::made_files();
  TVTS_NEEDS_MADE_FILES(folder);
  const std::string file = read_file(folder + "/bare.safetensors"), path = test::scratch_folder() + "/damaged";
  const std::size_t header = file.find("}}") + 2;
  std::mt19937 random(9);
  int errors = 0;
  for (int round = 0; round < 500; ++round) {
    std::string damaged = file;
    damaged[8 + random() % (header - 8)] = static_cast<char>('0' + random() % 10);
    std::ofstream(path, std::ios::binary) << damaged;
    try {
      open_model_state(path, {});
    } catch (const Error&) {
      ++errors;
    }
  }
  EXPECT_GT(errors, 100);
}

INSTANTIATE_TEST_SUITE_P(OfEveryForm, Damaged, testing::Values("tiny.pth", "tiny.pt", "tiny.safetensors"),
                         [](const auto& info) { return std::string(info.param).substr(5); });

}  // namespace
}  // namespace tvts
