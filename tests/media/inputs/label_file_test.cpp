#include "tvts/media/inputs/label_file.h"

#include <gtest/gtest.h>

#include "tvts/core/error.h"

namespace tvts {
namespace {

using Names = std::vector<std::string>;

Names names(const std::string& text, const std::string& file = "l.txt") { return read_labels(text, file).names; }
std::size_t warnings(const std::string& text, const std::string& file = "l.txt") {
  return read_labels(text, file).warnings.size();
}

TEST(LabelFile, LinesAreLabelsWithoutBlanksAroundThem) {
  EXPECT_EQ(names("red square\r\n\n  blue disc \n"), (Names{"red square", "blue disc"}));
  EXPECT_EQ(warnings("red square\nblue disc\n"), 0U);
}

TEST(LabelFile, NumbersOfClassesAreNoPartOfTheirNames) {
  const Names expected = {"Archery", "Baby Crawling", "Diving"};
  for (const char* text : {"1 Archery\n2 Baby Crawling\n3 Diving\n", "0. Archery\n1. Baby Crawling\n2. Diving\n",
                           "Archery\t0\nBaby Crawling\t1\nDiving\t2\n", "Archery,1\nBaby Crawling,2\nDiving,3\n",
                           "0,Archery\n1,Baby Crawling\n2,Diving\n"}) {
    EXPECT_EQ(names(text), expected) << text;
    EXPECT_EQ(warnings(text), 1U) << text;
  }
}

TEST(LabelFile, NumbersThatDoNotCountStayAndAreWarnedOf) {
  EXPECT_EQ(names("3 cats\n5 dogs\n"), (Names{"3 cats", "5 dogs"}));
  EXPECT_EQ(warnings("3 cats\n5 dogs\n"), 1U);
  EXPECT_EQ(names("camera 1\ncamera 2\n"), (Names{"camera 1", "camera 2"}));
  EXPECT_EQ(warnings("camera 1\ncamera 2\n"), 0U);
  EXPECT_EQ(names("1 dog\n"), Names{"1 dog"});
}

TEST(LabelFile, TabsThatStayAreWarnedOf) {
  EXPECT_EQ(names("a\tb\nc\n"), (Names{"a\tb", "c"}));
  EXPECT_EQ(warnings("a\tb\nc\n"), 1U);
}

TEST(LabelFile, TablesGiveTheirColumnOfNames) {
  EXPECT_EQ(names("id,name\n0,abseiling\n1,\"a, b\"\n", "l.csv"), (Names{"abseiling", "a, b"}));
  EXPECT_EQ(names("label\tid\nwalk\t7\n", "l.tsv"), Names{"walk"});
  EXPECT_EQ(names("walk\nrun\n", "l.csv"), (Names{"walk", "run"}));
}

TEST(LabelFile, JsonListsAndMapsAreRead) {
  const Names expected = {"walk", "run"};
  EXPECT_EQ(names(R"(["walk", "run"])", "l.json"), expected);
  EXPECT_EQ(names(R"({"run": 1, "walk": "0"})", "l.json"), expected);
  EXPECT_EQ(names(R"({"10": "run", "9": "walk"})", "l.json"), expected);
  EXPECT_EQ(names(R"({"run": 1, "walk": 0})", "l.txt"), expected);
  EXPECT_EQ(names("[walk]\n[run]\n", "l.txt"), (Names{"[walk]", "[run]"}));
  EXPECT_TRUE(read_labels(R"({"run": 2, "walk": 0})", "l.json").leave_numbers_out);
  EXPECT_FALSE(read_labels(R"({"run": 1, "walk": 0})", "l.json").leave_numbers_out);
  for (const char* text : {"7", "{\"a\": \"b\"}", "{\"a\": 1, \"b\": 1}", "[1]", "{", "[]"}) {
    EXPECT_THROW(names(text, "l.json"), Error) << text;
  }
}

TEST(LabelFile, LabelsThatAModelReadsAlikeAreWarnedOf) {
  EXPECT_EQ(warnings("red square\nblue disc\nRed  square\n"), 1U);
  EXPECT_EQ(names("a\na\n"), (Names{"a", "a"}));
  std::string many;
  for (int i = 0; i < 100; ++i) many += "a\n";
  EXPECT_EQ(warnings(many), 11U);
}

TEST(LabelFile, WhatIsNoTextIsRefused) {
  for (const std::string& bytes : {std::string("\xff\xd8\xff\xe0\0\x10JFIF", 10), std::string("\x89PNG\r\n\x1a\n\0", 9),
                                   std::string("\x1f\x8b\x08\n")}) {
    for (const char* file : {"l.txt", "l.csv", "photo.jpg"}) EXPECT_THROW(names(bytes, file), Error);
  }
  EXPECT_EQ(names("caf\xe9\na\tb\n\x1a"), (Names{"caf\xe9", "a\tb", "\x1a"}));
}

TEST(LabelFile, WithoutALabelIsAnError) { EXPECT_THROW(names(" \n\n"), Error); }

}  // namespace
}  // namespace tvts
