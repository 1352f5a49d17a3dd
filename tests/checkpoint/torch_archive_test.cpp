#include "tvts/checkpoint/torch_archive.h"

#include <gtest/gtest.h>

#include "tests/checkpoint/zip_writer.h"
#include "tests/support/error_text.h"

namespace tvts {
namespace {

using namespace std::string_literals;
using test::contains;
using test::error_text;

std::string archive(const std::string& pickle) { return test::ZipWriter().add("a/data.pkl", pickle).finish(); }

std::string error_of(const std::string& file) {
  return error_text([&] { read_torch_archive(std::as_bytes(std::span(file)), "f"); });
}

const std::string kNewModule = "cm\nM\n)\x81";  // an object of class m.M

TEST(TorchArchive, RefusesAModuleThatHoldsItself) {
  EXPECT_TRUE(contains(error_of(archive("\x80\x02" + kNewModule + "q\0}X\x01\0\0\0ah\0sb."s)), "nested deeper"));
}

TEST(TorchArchive, RefusesAModuleTreeThatGrowsWithoutEnd) {
  std::string pickle = "\x80\x02" + kNewModule + "q\0"s;
  for (int i = 0; i < 40; ++i) pickle += kNewModule + "}(X\x01\0\0\0ah\0X\x01\0\0\0bh\0ubq\0"s;
  EXPECT_TRUE(contains(error_of(archive(pickle + ".")), "more modules"));
}

TEST(TorchArchive, SaysThatAnotherZipIsNone) {
  EXPECT_TRUE(contains(error_of(test::ZipWriter().add("word/document.xml", "<x/>").finish()), "no data.pkl"));
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
