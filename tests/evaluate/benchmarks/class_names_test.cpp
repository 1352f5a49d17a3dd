// Classes stay apart, and are found by the names that people give them.
#include "tvts/evaluate/benchmarks/class_names.h"

#include <algorithm>

#include "tests/evaluate/benchmarks/data_folder.h"
#include "tests/support/cpu_seconds.h"
#include "tests/support/error_text.h"

namespace tvts::test {
namespace {

TEST(ClassNames, CaseBlanksAndPunctuationMakeNoDifferenceWhereOneClassFits) {
  const ClassNames classes({"moving left", "Yo Yo"}, "here");
  EXPECT_EQ(classes.number_of("Moving_Left"), 0U);
  EXPECT_EQ(classes.number_of("YoYo"), 1U);
  EXPECT_FALSE(classes.number_of("moving"));
}

TEST(ClassNames, TheVeryNameComesBeforeNearOnes) {
  const ClassNames classes({"C", "C++", "C#", "c", "+"}, "here");
  EXPECT_EQ(classes.number_of("C++"), 1U);
  EXPECT_EQ(classes.number_of("c"), 3U);
  EXPECT_FALSE(classes.number_of("C--")) << "four classes are as near";
  EXPECT_FALSE(classes.number_of("-")) << "no letter tells it from +";
}

TEST(ClassNames, OneNameTwiceIsRefused) {
  EXPECT_TRUE(contains(error_text([] { ClassNames({"a", "b", "a"}, "f.txt"); }), "f.txt: found the class a twice"));
  EXPECT_TRUE(contains(error_text([] { ClassNames({"a", " "}, "f.txt"); }), "f.txt: found an empty name"));
}

// Against themselves: eight times the names take eight times as long, not sixty-four times.
TEST(ClassNames, ManyNamesTakeTimeInProportion) {
  const auto seconds = [](int count) {
    std::vector<std::string> names;
    for (int i = 0; i < count; ++i) names.push_back(concat("a class of its own, ", i));
    const double begin = test::cpu_seconds();
    const ClassNames classes(names, "here");
    for (const std::string& name : names) EXPECT_TRUE(classes.number_of(name));
    return test::cpu_seconds() - begin;
  };
  const double few = std::min(seconds(10'000), seconds(10'000)), many = std::min(seconds(80'000), seconds(80'000));
  EXPECT_LT(many, 30 * few);
}

TEST(ClassNames, WordsAreSetApart) {
  EXPECT_EQ(in_words("HandstandPushups"), "Handstand Pushups");
  EXPECT_EQ(in_words("TV_set"), "TV set");
}

class OwnClasses : public DataFolder {};

TEST_F(OwnClasses, NeverMergeAndNearOnesAreTold) {
  folder_.add("l.csv", "path,label\n1.mp4,C\n2.mp4,C++\n3.mp4,C#\n4.mp4,a\n5.mp4,A\n6.mp4,run\n7.mp4,+\n");
  const Benchmark benchmark = open("actions");
  EXPECT_EQ(benchmark.classes, (Texts{"+", "A", "C", "C#", "C++", "a", "run"}));
  EXPECT_EQ(benchmark.answers, (Numbers{2, 4, 3, 5, 1, 6, 0}));
  EXPECT_EQ(benchmark.warnings,
            Texts{"'A' and 'a' differ in case, blanks or punctuation alone, and stay 2 classes; 'C', "
                  "'C#' and 'C++' differ in case, blanks or punctuation alone, and stay 3 classes"});
}

TEST_F(OwnClasses, ALabelThatTheFileOfClassesHasOtherwiseIsRefusedWithTheNearestName) {
  folder_.add("l.csv", "path,label\n1.mp4,a\n2.mp4,A\n");
  const std::string classes = folder_.add("names.txt", "a\nb\n");
  EXPECT_EQ(error_of("actions", {.classes = classes}),
            "l.csv:3: found the label 'A', which is not among the 2 classes of names.txt; the nearest is 'a'");
}

TEST_F(OwnClasses, NamesMayBeAListOfJson) {
  EXPECT_EQ(ClassNames::read(folder_.add("names.json", R"(["run", "walk"])")).names(), (Texts{"run", "walk"}));
  EXPECT_THROW(ClassNames::read(folder_.add("photo.jpg", std::string("\xff\xd8\xff\xe0\0\x10JFIF", 10))), Error);
  EXPECT_EQ(ClassNames::read(folder_.add("names.txt", R"({"run": 1, "walk": 0})")).names(), (Texts{"walk", "run"}));
}

TEST_F(OwnClasses, NumbersThatAreNoneAreRefused) {
  folder_.add("val.tsv", "a.mp4\t0\n");
  for (const char* value : {"[[]]", "{\"a\": {}}", "{\"a\": 0.5}", "{\"a\": null}", "[7]", "{\"a\": 7}", "{}"}) {
    folder_.add("label2id.json", value);
    EXPECT_NE(error_of("k400"), "no error") << value;
  }
}

}  // namespace
}  // namespace tvts::test
