#include "tvts/media/inputs/file_text.h"

#include <gtest/gtest.h>

#include <random>

#include "tvts/core/utf8.h"

namespace tvts {
namespace {

using namespace std::string_literals;

// "é😀" in UTF-8 and, high byte first, in UTF-16.
const std::string kText = "\xC3\xA9\xF0\x9F\x98\x80";
const std::string kBigEndian = "\x00\xE9\xD8\x3D\xDE\x00"s;

std::string swapped(std::string bytes) {
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) std::swap(bytes[i], bytes[i + 1]);
  return bytes;
}

TEST(FileText, Utf16WithAMarkIsReadInBothByteOrders) {
  EXPECT_EQ(decoded_text("\xFE\xFF" + kBigEndian), kText);
  EXPECT_EQ(decoded_text("\xFF\xFE" + swapped(kBigEndian)), kText);
}

TEST(FileText, Utf16WithoutAMarkIsReadWhereItBeginsInAscii) {
  EXPECT_EQ(decoded_text("\0p\0a\0t\0h\0,"s), "path,");
  EXPECT_EQ(decoded_text("p\0a\0t\0h\0,\0"s), "path,");
}

TEST(FileText, HalvesOfCharactersBecomeReplacements) {
  EXPECT_EQ(decoded_text("\xFE\xFF\xD8\x3D"s), "\xEF\xBF\xBD");
  EXPECT_EQ(decoded_text("\xFE\xFF\xDE\x00\x00"s), "\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(FileText, AMarkGoesAndOtherBytesStay) {
  EXPECT_EQ(decoded_text("\xEF\xBB\xBF"
                         "a\xE9\n"),
            "a\xE9\n");
  EXPECT_EQ(decoded_text("a\0b"s), "a\0b"s);
  EXPECT_EQ(decoded_text(""), "");
}

TEST(FileText, LinesThatEndInCarriageReturnsAloneAreLines) {
  EXPECT_EQ(decoded_text("a\rb\r"), "a\nb\n");
  EXPECT_EQ(decoded_text("a\rb\r\n"), "a\rb\r\n");
}

TEST(FileText, WhatWasUtf16IsUtf8WhateverItsBytes) {
  std::mt19937 random(7);
  for (int trial = 0; trial < 2000; ++trial) {
    std::string bytes = "\xFF\xFE";
    for (std::size_t i = random() % 20; i > 0; --i) bytes += static_cast<char>(random());
    const std::string text = decoded_text(bytes);
    EXPECT_EQ(to_utf8(text), text);
  }
}

}  // namespace
}  // namespace tvts
