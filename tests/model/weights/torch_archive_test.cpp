#include "tvts/model/weights/torch_archive.h"

#include <gtest/gtest.h>

#include "tests/model/weights/zip_writer.h"
#include "tests/support/error_text.h"

namespace tvts {
namespace {

using namespace std::string_literals;
using test::contains;
using test::error_text;

std::string archive(const std::string& pickle) { return test::ZipWriter().add("a/data.pkl", pickle).finish(); }

std::string error_of(const std::string& file) {
  return error_text([&] { read_torch_archive({std::as_bytes(std::span(file)), "f"}); });
}

const std::string kNewModule = "cm\nM\n)\x81";  // an object of class m.M

// A text, and a tensor of `shape` with `strides` over one stored float.
std::string text(const std::string& value) { return "X" + test::ZipWriter::number(value.size(), 4) + value; }
std::string tensor(const std::string& shape, const std::string& strides) {
  return "ctorch._utils\n_rebuild_tensor_v2\n((" + text("storage") + "ctorch\nFloatStorage\n" + text("0") +
         text("cpu") + "K\x01tQK\0"s + shape + strides + "\x89NtR"s;
}
const std::string kNumber = tensor("K\x01\x85", "K\x01\x85");
std::string archive_with_storage(const std::string& pickle) {
  return test::ZipWriter().add("a/data.pkl", "\x80\x02" + pickle + ".").add("a/data/0", std::string(4, '\0')).finish();
}
std::vector<std::string> names_in(const std::string& file) {
  std::vector<std::string> names;
  for (const NamedTensor& found : read_torch_archive({std::as_bytes(std::span(file)), "f"}).tensors) {
    names.push_back(found.name);
  }
  return names;
}

TEST(TorchArchive, NamesTensorsByTheDictsThatTheyAreIn) {
  const std::string inner = "}" + text("visual.w") + kNumber + "s";
  EXPECT_EQ(
      names_in(archive_with_storage("}(" + text("state_dict") + inner + text("ema") + inner + text("step") + "K\x05u")),
      (std::vector<std::string>{"state_dict.visual.w", "ema.visual.w"}));
}

TEST(TorchArchive, ReadsAModuleThatHoldsItselfOnce) {
  const std::string module = kNewModule + "q\0}("s + text("w") + kNumber + text(std::string(4000, 'a')) + "h\0ub"s;
  EXPECT_EQ(names_in(archive_with_storage(module)), std::vector<std::string>{"w"});
}

TEST(TorchArchive, RefusesANameOfAMebibyte) {
  const std::string module = kNewModule + "q\0}("s + text("w") + kNumber + text(std::string(1 << 20, 'a')) + "h\0ub"s;
  EXPECT_TRUE(contains(error_of(archive_with_storage(module)), "no model has such names"));
}

// Every module holds the next one twice: 2^40 ways to the last.
TEST(TorchArchive, RefusesAModuleTreeThatGrowsWithoutEnd) {
  for (const std::string& last : {kNewModule, kNewModule + "}"s + text("w") + kNumber + "sb"}) {
    std::string pickle = last + "q\0"s;
    for (int i = 0; i < 40; ++i) pickle += kNewModule + "}(" + text("a") + "h\0"s + text("b") + "h\0ubq\0"s;
    EXPECT_TRUE(contains(error_of(archive_with_storage(pickle)), "more modules and names"));
  }
}

TEST(TorchArchive, RefusesTensorsThatTogetherClaimFarMoreThanTheFileHolds) {
  // 1,000,000 numbers out of one: allowed alone.
  const std::string repeated = tensor("J\x40\x42\x0f\0\x85"s, "K\0\x85"s);
  std::string few = "}(" + text("w") + repeated + "u";
  EXPECT_EQ(names_in(archive_with_storage(few)).size(), 1U);
  std::string many = "}(";
  for (int i = 0; i < 10; ++i) many += text("w" + std::to_string(i)) + repeated;
  EXPECT_TRUE(contains(error_of(archive_with_storage(many + "u")), "far more than the file holds"));
}

TEST(TorchArchive, WithoutNamedTensorsSaysWhatItHolds) {
  EXPECT_TRUE(contains(error_of(archive_with_storage(kNumber)), "it holds one tensor without a name"));
  EXPECT_TRUE(contains(error_of(archive_with_storage("](" + kNumber + kNumber + "e")), "it holds a list of 2 values"));
  EXPECT_TRUE(contains(error_of(archive_with_storage("}(" + text("state") + "}" + text("param_groups") + "]u")),
                       "it holds the state of an optimizer alone"));
  EXPECT_TRUE(contains(error_of(archive_with_storage("ctransformers\nTrainingArguments\n)\x81")),
                       "an object of the class transformers.TrainingArguments"));
}

TEST(TorchArchive, SaysThatAnotherZipIsNone) {
  EXPECT_TRUE(contains(error_of(test::ZipWriter().add("word/document.xml", "<x/>").finish()), "no data.pkl"));
  EXPECT_TRUE(contains(error_of(test::ZipWriter().add("v.npy", "x").finish()), "arrays of NumPy"));
  EXPECT_TRUE(contains(error_of(test::ZipWriter().add("m/model.pt", "x").finish()), "it holds m/model.pt; unpack it"));
  EXPECT_TRUE(contains(error_of(test::ZipWriter().add("archive_format", "pt2").finish()), "torch.export"));
}

TEST(TorchArchive, NamesAStorageThatIsMissing) {
  const std::string pickle =
      "\x80\x02(X\x07\0\0\0storagectorch\nFloatStorage\nX\x01\0\0\0"
      "7X\x03\0\0\0"
      "cpuK\x08tQ."s;
  EXPECT_TRUE(contains(error_of(archive(pickle)), "'a/data/7'"));
}

}  // namespace
}  // namespace tvts
