#include "tvts/core/npy.h"

#include <gtest/gtest.h>

#include <array>
#include <bit>
#include <cmath>
#include <filesystem>
#include <numeric>
#include <random>

#include "tests/support/numpy.h"
#include "tests/support/temporary_folder.h"
#include "tvts/core/error.h"

namespace tvts {
namespace {

using test::read_text;
using test::TemporaryFolder;

std::vector<float> counted(std::size_t count) {
  std::vector<float> values(count);
  std::iota(values.begin(), values.end(), 0.5F);
  return values;
}

// A file of version 1 with this header text, padded so that the elements are aligned.
std::string npy_file(std::string header, const std::string& data) {
  header.append(64 - (10 + header.size()) % 64, ' ');
  std::string file = "\x93NUMPY";
  file += {'\1', '\0', static_cast<char>(header.size() & 0xff), static_cast<char>(header.size() >> 8)};
  return file + header + data;
}

std::string refusal_of(const std::string& file) {
  // A heap copy of exactly this size: reading past its end is seen by the address sanitizer.
  const std::vector<char> exact(file.begin(), file.end());
  try {
    parse_npy(std::as_bytes(std::span(exact)), "x.npy");
    return "";
  } catch (const Error& error) {
    return error.what();
  }
}

TEST(Npy, ReadsBackWhatItWrote) {
  const TemporaryFolder folder;
  const auto values = counted(24);
  write_npy(folder / "a.npy", std::array<std::int64_t, 3>{2, 3, 4}, values);
  const NpyArray array = read_npy(folder / "a.npy");
  EXPECT_EQ(array.shape, (std::vector<std::int64_t>{2, 3, 4}));
  EXPECT_TRUE(std::ranges::equal(array.float32(), values));
}

TEST(Npy, RowsWrittenOneByOneGiveTheSameFileAsAllAtOnce) {
  const TemporaryFolder folder;
  const auto values = counted(96);
  NpyWriter writer(folder / "a.npy", 8);
  writer.append(std::span(values).first(8));
  writer.append(std::span(values).subspan(8));
  EXPECT_EQ(writer.rows(), 12);
  EXPECT_FALSE(std::filesystem::exists(folder / "a.npy"));
  writer.commit();
  write_npy(folder / "b.npy", std::array<std::int64_t, 2>{12, 8}, values);
  EXPECT_EQ(read_text(folder / "a.npy"), read_text(folder / "b.npy"));
}

TEST(Npy, AWriterWithoutRowsGivesAnEmptyArray) {
  const TemporaryFolder folder;
  NpyWriter writer(folder / "a.npy", 512);
  writer.commit();
  EXPECT_EQ(read_npy(folder / "a.npy").shape, (std::vector<std::int64_t>{0, 512}));
}

TEST(Npy, TheHeaderKeepsItsLengthUpToTheLargestNumberOfRows) {
  const std::size_t length = npy_header(std::array<std::int64_t, 2>{0, 1024}).size();
  for (std::int64_t rows = 1; rows <= INT64_MAX / 10; rows *= 10) {
    EXPECT_EQ(npy_header(std::array<std::int64_t, 2>{rows, 1024}).size(), length);
  }
}

TEST(Npy, WritesTheBytesThatNumpyWrites) {
  TVTS_SKIP_WITHOUT_NUMPY();
  const TemporaryFolder folder;
  const std::vector<std::vector<std::int64_t>> shapes = {{}, {0, 512}, {7}, {3, 5}, {2, 3, 4}, {100000, 1}};
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const std::int64_t count = std::reduce(shapes[i].begin(), shapes[i].end(), std::int64_t{1}, std::multiplies());
    write_npy(folder / (std::to_string(i) + ".npy"), shapes[i], counted(static_cast<std::size_t>(count)));
  }
  const std::string script = R"(
import glob, io, sys, numpy
for path in sorted(glob.glob(sys.argv[1] + "/*.npy")):
    array = numpy.load(path)
    again = io.BytesIO()
    numpy.save(again, array)
    count = array.size
    same = again.getvalue() == open(path, "rb").read() and (array.ravel() == numpy.arange(count) + numpy.float32(0.5)).all()
    print("same" if same else path)
)";
  EXPECT_EQ(test::run_python(script, folder.path()), "same\nsame\nsame\nsame\nsame\nsame\n");
}

TEST(Npy, ReadsEachTypeAndVersionThatNumpyWrites) {
  TVTS_SKIP_WITHOUT_NUMPY();
  const TemporaryFolder folder;
  const std::string script = R"(
import sys, numpy
from numpy.lib import format
for name in "float16", "float32", "float64", "int64", "uint8":
    numpy.save(sys.argv[1] + "/" + name + ".npy", numpy.array([[1, 2, 3], [4, 5, 250]], name))
for version in (1, 0), (2, 0), (3, 0):
    with open(sys.argv[1] + "/v%d.npy" % version[0], "wb") as file:
        format.write_array(file, numpy.array([1.5], "float32"), version=version)
)";
  ASSERT_EQ(test::run_python(script, folder.path()), "");
  const std::vector<float> expected = {1, 2, 3, 4, 5, 250};
  EXPECT_TRUE(std::ranges::equal(read_npy(folder / "float32.npy").float32(), expected));
  EXPECT_EQ(to_float32(read_npy(folder / "float16.npy"), ""), expected);
  EXPECT_EQ(to_float32(read_npy(folder / "float64.npy"), ""), expected);
  EXPECT_EQ(read_npy(folder / "int64.npy").int64()[5], 250);
  EXPECT_EQ(read_npy(folder / "uint8.npy").uint8()[5], 250);
  for (const char* name : {"v1.npy", "v2.npy", "v3.npy"}) EXPECT_EQ(read_npy(folder / name).float32()[0], 1.5F);
}

TEST(Npy, EveryHalfFloatBecomesTheFloatThatNumpyMakesOfIt) {
  TVTS_SKIP_WITHOUT_NUMPY();
  const TemporaryFolder folder;
  const std::string script = R"(
import sys, numpy
halves = numpy.arange(65536, dtype="uint16").view("float16")
numpy.save(sys.argv[1] + "/half.npy", halves)
numpy.save(sys.argv[1] + "/full.npy", halves.astype("float32"))
)";
  ASSERT_EQ(test::run_python(script, folder.path()), "");
  const auto ours = to_float32(read_npy(folder / "half.npy"), "");
  const NpyArray theirs = read_npy(folder / "full.npy");
  for (std::size_t i = 0; i < ours.size(); ++i) {
    const float expected = theirs.float32()[i];
    EXPECT_TRUE(std::isnan(expected) ? std::isnan(ours[i])
                                     : std::bit_cast<std::uint32_t>(ours[i]) == std::bit_cast<std::uint32_t>(expected))
        << i;
  }
}

TEST(Npy, DoublesBecomeTheNearestFloatsAndInfiniteBeyondThem) {
  const std::array<double, 4> values = {0.1, -1e300, 1e-50, 3.4028234663852886e38};
  const std::string data(reinterpret_cast<const char*>(values.data()), sizeof values);
  const TemporaryFolder folder;
  const std::string header = "{'descr': '<f8', 'fortran_order': False, 'shape': (4,), }";
  const auto floats = to_float32(read_npy(folder.add("d.npy", npy_file(header, data))), "");
  EXPECT_EQ(floats, (std::vector<float>{0.1F, -std::numeric_limits<float>::infinity(), 0, 3.4028234663852886e38F}));
}

TEST(Npy, RefusesOtherTypesNamingThem) {
  for (const std::string descr : {"<c8", ">f4", ">f8", "|O"}) {
    const std::string message =
        refusal_of(npy_file(concat("{'descr': '", descr, "', 'fortran_order': False, 'shape': (1,), }"), "12345678"));
    EXPECT_NE(message.find("type " + descr), std::string::npos) << message;
  }
  EXPECT_NE(refusal_of(npy_file("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", "1234")), "");
}

TEST(Npy, RefusesFortranOrderOfMoreThanOneDimension) {
  const std::string data(16, 'x');
  EXPECT_NE(refusal_of(npy_file("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), }", data)), "");
  EXPECT_EQ(refusal_of(npy_file("{'descr': '<f4', 'fortran_order': True, 'shape': (4,), }", data)), "");
}

TEST(Npy, RefusesShapesThatTheFileCannotHold) {
  for (const std::string shape : {"(5,)", "(3,)", "(-1,)", "(4611686018427387904, 4)", "(99999999999999999999,)", "(4",
                                  "4", "(4,,)", "(4611686018427387904, 4, 0)"}) {
    const std::string header = concat("{'descr': '<f4', 'fortran_order': False, 'shape': ", shape, ", }");
    EXPECT_NE(refusal_of(npy_file(header, std::string(16, 'x'))), "") << shape;
  }
}

TEST(Npy, RefusesHeadersThatAreNotSuchADictionary) {
  const std::string data = "1234";
  for (const std::string header :
       {"", "{", "{}", "{'descr': '<f4', 'fortran_order': False}", "{'descr': '<f4', 'shape': (1,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), 'x': 1}",
        "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} + 1", "{'descr': '<f4"}) {
    EXPECT_NE(refusal_of(npy_file(header, data)), "") << header;
  }
}

TEST(Npy, RefusesElementsThatAreNotAligned) {
  std::string file = npy_file("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", "1234");
  ASSERT_EQ(refusal_of(file), "");
  file.insert(file.size() - 4, 1, ' ');
  ++file[8];  // the header's length
  EXPECT_NE(refusal_of(file).find("aligned"), std::string::npos);
}

TEST(Npy, EveryTruncationIsRefused) {
  const auto values = counted(6);
  const std::string whole = npy_header(std::array<std::int64_t, 2>{2, 3}) +
                            std::string(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float));
  ASSERT_EQ(refusal_of(whole), "");
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_NE(refusal_of(whole.substr(0, size)), "") << size;
}

TEST(Npy, FlippedBytesNeverReachPastTheFile) {
  const std::string whole = npy_header(std::array<std::int64_t, 2>{2, 3}) + std::string(24, 'x');
  std::mt19937 random(7);
  for (int trial = 0; trial < 5000; ++trial) {
    std::string file = whole;
    for (int flip = 0; flip < 3; ++flip) file[random() % 128] = static_cast<char>(random());
    const std::vector<char> exact(file.begin(), file.end());
    try {
      const NpyArray array = parse_npy(std::as_bytes(std::span(exact)), "x.npy");
      EXPECT_LE(array.data.size(), whole.size());
      EXPECT_TRUE(array.type != NpyType::kFloat32 || array.float32().size() == array.element_count());
    } catch (const Error&) {
    }
  }
}

}  // namespace
}  // namespace tvts
