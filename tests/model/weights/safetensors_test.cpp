#include "tvts/model/weights/safetensors.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <numeric>

#include "tests/model/weights/made_files.h"
#include "tests/model/weights/zip_writer.h"
#include "tests/support/cpu_seconds.h"
#include "tests/support/error_text.h"
#include "tvts/core/input_file.h"

namespace tvts {
namespace {

using test::contains;
using test::error_text;

std::string with_header(const std::string& header, std::size_t data) {
  return test::ZipWriter::number(header.size(), 8) + header + std::string(data, '\0');
}
std::string error_of(const std::string& file) {
  return error_text([&] { read_safetensors({std::as_bytes(std::span(file)), "f"}); });
}
std::string tensor(const std::string& dtype, const std::string& shape, const std::string& offsets) {
  return R"({"dtype":")" + dtype + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}";
}

TEST(Safetensors, ReadsBackWhatItWroteInOrder) {
  const std::string path = test::scratch_folder() + "/a.safetensors";
  const std::vector<float> z = {1, 2, 3, 4, 5, 6};
  const std::vector<uint16_t> a = {0x3c00};
  write_safetensors(path, {{"z", DType::F32, {2, 3}}, {"a", DType::F16, {1}}, {"none", DType::F32, {0, 4}}},
                    {{"k", "v\n\"é"}}, [&](std::size_t i) {
                      return i == 0 ? std::as_bytes(std::span(z)) : i == 1 ? std::as_bytes(std::span(a)) : Bytes{};
                    });
  const std::string content = read_file(path);
  const Safetensors file = read_safetensors({std::as_bytes(std::span(content)), path});
  ASSERT_EQ(file.tensors.size(), 3U);
  EXPECT_EQ(file.tensors[0].name, "z");
  EXPECT_EQ(file.tensors[0].view.shape, (Shape{2, 3}));
  EXPECT_EQ(file.tensors[1].name, "a");
  EXPECT_EQ(file.tensors[1].view.dtype, DType::F16);
  EXPECT_EQ(file.metadata.at("k"), "v\n\"é");
  std::vector<float> out(6);
  copy_to_float(file.tensors[0].view, out);
  EXPECT_EQ(out, z);
  EXPECT_EQ((file.tensors[0].view.storage.data() - std::as_bytes(std::span(content)).data()) % 64, 0);
}

// Against itself: four times the keys take four times as long, not sixteen times.
TEST(Safetensors, ReadsAHeaderOfManyKeysInTimeThatGrowsWithIt) {
  const auto seconds = [](int keys) {
    std::string header = "{";
    for (int i = 0; i < keys; ++i) {
      header += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\":" + tensor("U8", "[0]", "[0,0]");
    }
    const std::string file = with_header(header + "}", 0);
    const double begin = test::cpu_seconds();
    EXPECT_EQ(read_safetensors({std::as_bytes(std::span(file)), "f"}).tensors.size(), static_cast<std::size_t>(keys));
    return test::cpu_seconds() - begin;
  };
  const double few = std::min(seconds(10'000), seconds(10'000)), many = std::min(seconds(40'000), seconds(40'000));
  EXPECT_LT(many, 10 * few);
}

TEST(Safetensors, WritesANameThatIsNotUtf8AsItCan) {
  const std::string path = test::scratch_folder() + "/latin.safetensors";
  write_safetensors(path, {}, {{"origin", "mod\xe8le.pt"}}, [](std::size_t) { return Bytes{}; });
  EXPECT_EQ(read_safetensors(FileBytes(path)).metadata.at("origin"), "mod\xef\xbf\xbdle.pt");
}

TEST(Safetensors, IsReadByTheSafetensorsPackage) {
  const std::string folder = test::made_files();
  TVTS_NEEDS_MADE_FILES(folder);
  const std::string path = test::scratch_folder() + "/b.safetensors";
  std::vector<float> values(12);
  std::iota(values.begin(), values.end(), 0.0F);
  write_safetensors(path, {{"x", DType::F32, {3, 4}}}, {{"format", "tvts-model-1"}},
                    [&](std::size_t) { return std::as_bytes(std::span(values)); });
  const std::string script =
      "import sys, torch; from safetensors import safe_open; f = safe_open(sys.argv[1], 'pt'); "
      "assert f.metadata() == {'format': 'tvts-model-1'}; "
      "assert torch.equal(f.get_tensor('x'), torch.arange(12.).view(3, 4))";
  EXPECT_EQ(std::system((test::python() + " -c \"" + script + "\" " + path).c_str()), 0);
}

TEST(Safetensors, LeavesNothingBehindWhenWritingFails) {
  const std::string path = test::scratch_folder() + "/never.safetensors";
  EXPECT_THROW(
      write_safetensors(path, {{"x", DType::F32, {1}}}, {}, [](std::size_t) -> Bytes { fail_input("no bytes"); }),
      Error);
  for (const auto& entry : std::filesystem::directory_iterator(test::scratch_folder())) {
    EXPECT_FALSE(contains(entry.path().string(), "never"));
  }
}

TEST(Safetensors, RefusesWhatContradictsItself) {
  EXPECT_EQ(error_of(with_header("{\"a\":" + tensor("F32", "[2]", "[0,8]") + "}", 8)), "");
  EXPECT_TRUE(contains(error_of(with_header("{\"a\":" + tensor("F32", "[3]", "[0,8]") + "}", 8)), "needs 12 bytes"));
  EXPECT_TRUE(contains(error_of(with_header("{\"a\":" + tensor("F32", "[2]", "[0,8]") + "}", 7)), "cut short"));
  EXPECT_TRUE(contains(error_of(with_header("{\"a\":" + tensor("F32", "[2]", "[0,8]") + "}", 9)), "1 bytes follow"));
  EXPECT_TRUE(contains(error_of(with_header("{\"a\":" + tensor("F32", "[2]", "[4,12]") + "}", 12)), "gap"));
  EXPECT_TRUE(contains(error_of(with_header("{\"a\":" + tensor("F32", "[2]", "[8,0]") + "}", 8)), "data_offsets"));
  EXPECT_TRUE(contains(error_of(with_header("{\"a\":" + tensor("F9", "[2]", "[0,8]") + "}", 8)), "dtype 'F9'"));
  EXPECT_TRUE(contains(error_of(with_header("{\"a\":" + tensor("F32", "[-2]", "[0,8]") + "}", 8)), "expected sizes"));
  EXPECT_TRUE(
      contains(error_of(with_header("{\"a\":" + tensor("F32", "[4294967296,4294967296,4294967296]", "[0,8]") + "}", 8)),
               "fits no machine"));
}

TEST(Safetensors, RefusesOverlapsAndRepeatedKeys) {
  const std::string a = "\"a\":" + tensor("F32", "[2]", "[0,8]"), b = "\"b\":" + tensor("F32", "[2]", "[4,12]");
  EXPECT_TRUE(contains(error_of(with_header("{" + a + "," + b + "}", 12)), "overlaps"));
  EXPECT_TRUE(contains(error_of(with_header("{" + a + "," + a + "}", 8)), "the key \"a\" twice"));
  EXPECT_TRUE(contains(error_of(with_header("{\"__metadata__\":{\"k\":\"1\",\"k\":\"2\"}," + a + "}", 8)),
                       "the key \"k\" twice"));
}

TEST(Safetensors, RefusesHeadersThatAreNone) {
  EXPECT_TRUE(contains(error_of("1234"), "too few"));
  EXPECT_TRUE(contains(error_of(test::ZipWriter::number(~uint64_t{0}, 8) + "{}"), "cut short"));
  EXPECT_TRUE(contains(error_of(with_header("[]", 0)), "expected a JSON object"));
  EXPECT_TRUE(contains(error_of(with_header("{\"a\":", 0)), "found no JSON"));
  EXPECT_TRUE(contains(error_of(with_header("{\"__metadata__\":{\"k\":1}}", 0)), "'k' is not a string"));
  EXPECT_TRUE(contains(error_of(with_header("{\"a\":3}", 0)), "no list"));
  EXPECT_TRUE(contains(error_of(with_header(std::string(1'000'000, '['), 0)), "nested more than 3 deep"));
}

}  // namespace
}  // namespace tvts
