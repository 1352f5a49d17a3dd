#include "tvts/core/json/parse_json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "tests/support/error_text.h"
#include "tvts/core/error.h"
#include "tvts/core/json/fields.h"

namespace tvts {
namespace {

using test::error_text;

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

TEST(ParseJson, ReadsObjectsWithTheirKeysInOrder) {
  const Json value = parse_json(R"({"b": [1, -2, 0.5, true, null], "a": {"c": "\u00e9\n"}})");
  EXPECT_EQ(value.dump(), R"({"b":[1,-2,0.5,true,null],"a":{"c":"é\n"}})");
  EXPECT_EQ(value.begin().key(), "b");
}

TEST(ParseJson, TakesTheLastValueOfAKeyThatOccursTwiceInItsFirstPosition) {
  EXPECT_EQ(parse_json(R"({"a": 1, "b": 2, "a": 3})").dump(), R"({"a":3,"b":2})");
}

TEST(ParseJson, RefusesAKeyThatOccursTwiceWhereKeysAreUnique) {
  const std::string text = error_text([] { parse_json(R"({"x": {"a": 1, "a": 3}})", {.unique_keys = true}); });
  EXPECT_EQ(text, "found the key \"a\" twice in one object, expected it once");
}

TEST(ParseJson, NamesTheLineAndColumnOfWhatIsNoJson) {
  const std::string text = error_text([] { parse_json("{\n  \"a\": nul\n}"); });
  EXPECT_EQ(text.substr(0, text.find(':')), "found no JSON (line 2, column 11");
}

TEST(ParseJson, NamesTheColumnBehindNumbersThatPythonWrites) {
  const std::string text = error_text([] { parse_json(R"({"a": NaN, "b": -Infinity, "c": x})"); });
  EXPECT_EQ(text.substr(0, text.find(':')), "found no JSON (line 1, column 33");
}

TEST(ParseJson, ReadsWhatPythonWritesInFieldsThatNobodyReads) {
  const Json value = parse_json(
      R"({"a": NaN, "b": [Infinity, -Infinity, 1e999, -1e999], "c": "x \ud83d y", "d": "\ud83d\ude00 NaN"})");
  EXPECT_TRUE(std::isnan(value.at("a").get<double>()));
  EXPECT_EQ(value.at("b").at(0).get<double>(), HUGE_VAL);
  EXPECT_EQ(value.at("b").at(1).get<double>(), -HUGE_VAL);
  EXPECT_EQ(value.at("b").at(2).get<double>(), HUGE_VAL);
  EXPECT_EQ(value.at("b").at(3).get<double>(), -HUGE_VAL);
  EXPECT_EQ(value.at("d").get<std::string>(), "\xF0\x9F\x98\x80 NaN");
}

TEST(ParseJson, RefusesThemInFieldsThatAreRead) {
  const Json value = parse_json(R"({"start": NaN, "end": 1e999, "caption": "half \udc00", "label": NaN})");
  EXPECT_NE(error_text([&] { field<double>(value, "start"); }), "");
  EXPECT_NE(error_text([&] { field<double>(value, "end"); }), "");
  EXPECT_NE(error_text([&] { field<std::string>(value, "caption"); }), "");
  EXPECT_NE(error_text([&] { field<std::string>(value, "label"); }), "");
}

TEST(ParseJson, BoundsTheDepthOfNesting) {
  EXPECT_TRUE(parse_json(nested(100)).is_array());
  EXPECT_EQ(error_text([] { parse_json(nested(101)); }),
            "found values nested more than 100 deep, expected fewer levels");
  EXPECT_NE(error_text([] { parse_json(std::string(1 << 20, '[')); }), "");
  std::string objects;
  for (int i = 0; i < 200'000; ++i) objects += "{\"a\":";
  EXPECT_NE(error_text([&] { parse_json(objects); }), "");
}

TEST(ParseJson, ReadsAMillionKeysOfOneObject) {
  std::string text = "{";
  for (int i = 0; i < 1'000'000; ++i) text += (i > 0 ? ",\"" : "\"") + std::to_string(i) + "\":0";
  EXPECT_EQ(parse_json(text + "}").size(), 1'000'000U);  // by the square it would take hours
}

TEST(ParseJson, RefusesBytesThatAreNoUtf8) {
  EXPECT_NE(error_text([] { parse_json("{\"a\": \"\xFF\"}"); }), "");
}

TEST(ParseJson, ThrowsNothingButErrorForDamagedTexts) {
  const std::string whole =
      R"({"a": [1, 2.5e3, "x\u00e9\ud83d\ude00", NaN, -Infinity], "b": {"c": null, "d": "\udc00"}})";
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (const char replaced : {'\0', '"', '\\', '{', ']', 'e', '\xFF'}) {
      std::string text = whole;
      text[i] = replaced;
      for (const std::string& damaged : {text, text.substr(0, i)}) {
        try {
          parse_json(damaged);
        } catch (const Error&) {
        }
      }
    }
  }
}

TEST(ParseJsonObject, RefusesOtherValues) {
  EXPECT_EQ(error_text([] { parse_json_object("[1]"); }), "found a JSON array, expected a JSON object");
}

}  // namespace
}  // namespace tvts
