#include "tvts/model/weights/pickle.h"

#include <gtest/gtest.h>

#include "tests/support/error_text.h"

namespace tvts {
namespace {

using namespace std::string_literals;
using Kind = PickleValue::Kind;
using test::contains;
using test::error_text;

Pickle read(const std::string& text) {
  const auto no_storage = [](const std::string&) -> Bytes { fail_input("no storage"); };
  return read_pickle(std::as_bytes(std::span(text)), "p", no_storage);
}

// A storage of eight floats "0", and a tensor over it with the given argument opcodes.
std::string tensor_pickle(const std::string& offset, const std::string& size, const std::string& stride,
                          const std::string& count = "K\x08") {
  return "\x80\x02"
         "ctorch._utils\n_rebuild_tensor_v2\n((X\x07\0\0\0storagectorch\nFloatStorage\nX\x01\0\0\0"
         "0X\x03\0\0\0"
         "cpu"s +
         count + "tQ" + offset + size + stride +
         "\x89"
         "Nt"
         "R.";
}
PickleValue read_tensor(const std::string& text) {
  static const std::vector<float> storage(8, 1.0F);
  const Pickle pickle = read_pickle(std::as_bytes(std::span(text)), "p",
                                    [](const std::string&) { return std::as_bytes(std::span(storage)); });
  return pickle[pickle.root];
}

TEST(Pickle, ReadsNumbersOfEverySize) {
  const auto integer = [](const std::string& text) {
    const Pickle p = read(text);
    return p[p.root].integer;
  };
  EXPECT_EQ(integer("\x80\x02K\xff."), 255);
  EXPECT_EQ(integer("\x80\x02M\x01\x02."), 513);
  EXPECT_EQ(integer("\x80\x02J\xfe\xff\xff\xff."), -2);
  EXPECT_EQ(integer("\x80\x02\x8a\x01\xff."), -1);
  EXPECT_EQ(integer("\x80\x02\x8a\x00."s), 0);
  EXPECT_EQ(integer("\x80\x02\x8a\x05\0\0\0\0\x01."s), int64_t{1} << 32);
  const Pickle real = read("\x80\x02G\x3f\xf8\0\0\0\0\0\0."s);
  EXPECT_EQ(real[real.root].real, 1.5);
}

TEST(Pickle, FindsTheLastValueOfAKey) {
  const Pickle pickle = read("\x80\x02}(X\x01\0\0\0aK\x01X\x01\0\0\0aK\x02u."s);
  ASSERT_NE(pickle.find(pickle[pickle.root], "a"), nullptr);
  EXPECT_EQ(pickle.find(pickle[pickle.root], "a")->integer, 2);
  EXPECT_EQ(pickle.find(pickle[pickle.root], "b"), nullptr);
}

TEST(Pickle, KeepsAnUnknownObjectWithoutCallingIt) {
  const Pickle pickle = read(
      "\x80\x02"
      "cos\nsystem\nX\x04\0\0\0echo\x85R}X\x01\0\0\0kK\x07sb."s);
  const PickleValue& object = pickle[pickle.root];
  EXPECT_EQ(object.kind, Kind::kObject);
  EXPECT_EQ(pickle.class_of(object), "os.system");
  EXPECT_EQ(pickle.find(pickle[object.state], "k")->integer, 7);
}

TEST(Pickle, ReadsATensorAsAViewOfItsStorage) {
  const PickleValue tensor = read_tensor(tensor_pickle("K\x02", "K\x02K\x03\x86", "K\x03K\x01\x86"));
  ASSERT_EQ(tensor.kind, Kind::kTensor);
  EXPECT_EQ(tensor.tensor.shape, (Shape{2, 3}));
  EXPECT_EQ(tensor.tensor.storage.size(), 6 * sizeof(float));
}

TEST(Pickle, RefusesTensorsThatReachOutsideTheirStorage) {
  EXPECT_THROW(read_tensor(tensor_pickle("K\x03", "K\x02K\x03\x86", "K\x03K\x01\x86")), Error);     // offset
  EXPECT_THROW(read_tensor(tensor_pickle("K\x09", "K\x00\x85"s, "K\x01\x85")), Error);              // begins outside
  EXPECT_THROW(read_tensor(tensor_pickle("J\xff\xff\xff\xff", "K\x01\x85", "K\x01\x85")), Error);   // before
  EXPECT_THROW(read_tensor(tensor_pickle("K\x00"s, "K\x09\x85", "K\x01\x85")), Error);              // size
  EXPECT_THROW(read_tensor(tensor_pickle("K\x00"s, "J\xff\xff\xff\xff\x85", "K\x01\x85")), Error);  // negative size
  EXPECT_THROW(read_tensor(tensor_pickle("K\x07", "K\x02\x85", "J\xff\xff\xff\xff\x85")), Error);   // negative stride
  EXPECT_THROW(read_tensor(tensor_pickle("K\x00"s, "K\x02\x85", ")")), Error);                      // no strides
  EXPECT_THROW(read_tensor(tensor_pickle("K\x00"s, "K\x01\x85", "K\x01\x85", "K\x09")), Error);     // storage too short
  EXPECT_THROW(read_tensor(tensor_pickle("K\x00"s, "\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7f\x85", "K\x00\x85"s)),
               Error);
}

TEST(Pickle, SaysAtWhichByteItFails) {
  EXPECT_TRUE(contains(error_text([] { read("\x80\x02K\x01i."); }), "at byte 4 of the pickle: opcode 105"));
  EXPECT_TRUE(contains(error_text([] { read("\x80\x02h\x05."); }), "memo entry 5"));
  EXPECT_TRUE(contains(error_text([] { read("\x80\x02."); }), "missing on the stack"));
  EXPECT_TRUE(contains(error_text([] { read("\x80\x07N."); }), "protocol 7"));
}

TEST(Pickle, RefusesStackMisuse) {
  for (const char* body : {"t", "u", "a", "R", "b", "Na", "(", "NNs", "](K\x01u", "}(K\x01u", "\x86", "2", "0", "1",
                           "K\x01K\x01\x93", "\x81", "\x92", "NNR"}) {
    EXPECT_NE(error_text([&] { read(std::string("\x80\x02") + body + "."); }), "") << body;
  }
}

TEST(Pickle, ReadsDeepNestingWithoutRecursion) {
  const std::string tuples = "\x80\x02)" + std::string(500'000, '\x85') + ".";
  const std::string lists = "\x80\x02" + std::string(500'000, ']') + std::string(499'999, 'a') + ".";
  EXPECT_EQ(read(lists).values.size(), 500'001U);
  EXPECT_EQ(read(tuples).values.size(), 500'002U);
}

TEST(Pickle, BoundsValuesMemoAndText) {
  EXPECT_TRUE(contains(error_text([] { read("\x80\x02" + std::string(3'000'000, '}') + "."); }), "more values"));
  EXPECT_TRUE(
      contains(error_text([] { read("\x80\x04N" + std::string(3'000'000, '\x94') + "."); }), "more memo entries"));
  // A long class name joined again and again.
  std::string bomb = "\x80\x04X\0\0\x10\0"s + std::string(1 << 20, 'm') + "\x94X\x01\0\0\0n\x94"s;
  for (int i = 0; i < 2000; ++i) bomb += "h\0h\x01\x93"s;
  EXPECT_TRUE(contains(error_text([&] { read(bomb + "."); }), "a class whose name has more than"));
}

// A storage's key is looked up each time: long ones, used often, would take the product of both.
TEST(Pickle, RefusesAStorageWithALongKey) {
  const std::string pickle = tensor_pickle("K\x00"s, "K\x01\x85", "K\x01\x85");
  std::string long_key = pickle;
  long_key.replace(pickle.find("X\x01\0\0\0"s
                               "0"),
                   6, "X\x80\0\0\0"s + std::string(128, '0'));
  EXPECT_TRUE(contains(error_text([&] { read_tensor(long_key); }), "a storage without key and size"));
}

TEST(Pickle, SharesLargeArgumentsOfManyObjects) {
  std::string text = "\x80\x02(" + std::string(100'000, 'N') + "tq\0cm\nC\nq\x01"s;
  for (int i = 0; i < 100'000; ++i) text += "h\x01h\0R"s;
  const Pickle pickle = read(text + ".");
  EXPECT_LT(pickle.values.size(), 200'000U);
}

}  // namespace
}  // namespace tvts
