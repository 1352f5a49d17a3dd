#include "tvts/core/json/json_text.h"

#include <gtest/gtest.h>

#include "tvts/core/error.h"

namespace tvts {
namespace {

std::string fixed(std::string_view raw, bool expect_valid) {
  bool was_valid = !expect_valid;
  std::string text = to_utf8(raw, &was_valid);
  EXPECT_EQ(was_valid, expect_valid) << to_hex(raw);
  return text;
}

TEST(JsonText, LeavesUtf8AsItIs) {
  for (const std::string text : {"", "plain", "d\xC3\xA9j\xC3\xA0 vu", "\xE2\x82\xAC", "\xF0\x9F\x90\x95",
                                 "\xEF\xBF\xBD", "\xED\x9F\xBF", "\xEE\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_EQ(fixed(text, true), text);
  }
  EXPECT_EQ(fixed(std::string_view("a\0b", 3), true), std::string_view("a\0b", 3));
}

TEST(JsonText, ReplacesEachByteThatIsNoPartOfUtf8) {
  const std::string r = "\xEF\xBF\xBD";
  EXPECT_EQ(fixed("caf\xE9.mp4", false), "caf" + r + ".mp4");
  EXPECT_EQ(fixed("\x80", false), r);
  EXPECT_EQ(fixed("\xC3", false), r);
  EXPECT_EQ(fixed("\xC0\xAF", false), r + r);                  // overlong '/'
  EXPECT_EQ(fixed("\xE0\x80\x80", false), r + r + r);          // overlong
  EXPECT_EQ(fixed("\xED\xA0\x80", false), r + r + r);          // a surrogate
  EXPECT_EQ(fixed("\xF4\x90\x80\x80", false), r + r + r + r);  // above U+10FFFF
  EXPECT_EQ(fixed("\xF0\x9F\x90", false), r + r + r);          // cut short
}

TEST(JsonText, WhatItGivesIsAlwaysAcceptedByTheJsonWriter) {
  for (int first = 0; first < 256; ++first) {
    for (int second = 0; second < 256; ++second) {
      const std::string raw = {static_cast<char>(first), static_cast<char>(second), 'x'};
      bool was_valid = false;
      const std::string text = to_utf8(raw, &was_valid);
      EXPECT_EQ(nlohmann::json::parse(nlohmann::json(text).dump()).get<std::string>(), text);
      EXPECT_EQ(text == raw, was_valid);
    }
  }
}

TEST(JsonText, HexGivesTheBytesBack) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  EXPECT_EQ(from_hex(to_hex(all)), all);
  EXPECT_EQ(to_hex("\xE9/"), "e92f");
}

TEST(JsonText, RefusesWhatIsNotHex) {
  for (const char* text : {"e", "g0", "E9", " 1", "0x41"}) EXPECT_THROW(from_hex(text), Error) << text;
}

TEST(JsonText, AnyPathComesBackFromItsFields) {
  for (const std::string path : {"a/b.mp4", "d\xC3\xA9j\xC3\xA0.mp4", "caf\xE9.mp4", "\xFF\xFE"}) {
    const auto fields = nlohmann::json::parse(path_fields(path).dump());
    EXPECT_EQ(path_from_fields(fields), path);
  }
}

TEST(JsonText, OnlyPathsThatAreNotUtf8HaveTheirBytesBesideThem) {
  EXPECT_EQ(path_fields("a.mp4").dump(), R"({"path":"a.mp4"})");
  EXPECT_EQ(path_fields("\xE9").dump(), "{\"path\":\"\xEF\xBF\xBD\",\"path_bytes\":\"e9\"}");
}

TEST(JsonText, AnObjectWithoutAPathIsAnError) {
  EXPECT_THROW(path_from_fields({{"name", "a"}}), Error);
  EXPECT_THROW(path_from_fields({{"path", 3}}), Error);
}

}  // namespace
}  // namespace tvts
