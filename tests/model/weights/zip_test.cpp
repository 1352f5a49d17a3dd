#include "tvts/model/weights/zip.h"

#include <gtest/gtest.h>

#include "tests/model/weights/zip_writer.h"
#include "tests/support/error_text.h"

namespace tvts {
namespace {

using test::contains;
using test::error_text;
using test::ZipWriter;

FileBytes bytes_of(const std::string& text) { return {std::as_bytes(std::span(text)), "z"}; }

std::string text_of(Bytes bytes) { return {reinterpret_cast<const char*>(bytes.data()), bytes.size()}; }

TEST(Zip, GivesStoredEntriesAsViews) {
  const std::string file = ZipWriter().add("a/b", "hello").add("empty", "").finish();
  const ZipArchive archive(bytes_of(file));
  EXPECT_EQ(text_of(archive.view("a/b")), "hello");
  EXPECT_EQ(archive.view("empty").size(), 0U);
  EXPECT_GE(archive.view("a/b").data(), std::as_bytes(std::span(file)).data());
}

TEST(Zip, ReadsZip64) {
  const std::string file = ZipWriter(true).add("a", "first").add("b", "second").finish();
  EXPECT_EQ(text_of(ZipArchive(bytes_of(file)).view("b")), "second");
}

TEST(Zip, ReadsAnArchiveWithAComment) {
  const std::string file = ZipWriter().add("a", "first").finish("a comment");
  EXPECT_EQ(text_of(ZipArchive(bytes_of(file)).view("a")), "first");
}

TEST(Zip, SaysWhatToDoAboutACompressedEntry) {
  const std::string file = ZipWriter().add("a", "xyz", 8).finish();
  const ZipArchive archive(bytes_of(file));
  EXPECT_TRUE(contains(error_text([&] { archive.view("a"); }), "'a' is compressed"));
}

TEST(Zip, NamesAnEntryThatIsMissing) {
  const std::string file = ZipWriter().add("a", "xyz").finish();
  const ZipArchive archive(bytes_of(file));
  EXPECT_TRUE(contains(error_text([&] { archive.view("data/7"); }), "'data/7'"));
}

TEST(Zip, RefusesEntriesThatShareBytes) {
  const std::string file = ZipWriter().add("a", "xyz").alias("a", 0).finish();
  EXPECT_TRUE(contains(error_text([&] { ZipArchive(bytes_of(file)); }), "occurs twice"));
  const std::string overlapping = ZipWriter().add("a", "xyz").stretch(10).add("b", "0123456789").finish();
  EXPECT_TRUE(contains(error_text([&] { ZipArchive(bytes_of(overlapping)); }), "overlap"));
}

TEST(Zip, RefusesSizesPastTheEnd) {
  for (const uint64_t more : {uint64_t{1000}, uint64_t{0xfffffff0}}) {
    const std::string file = ZipWriter().add("a", "xyz").stretch(more).finish();
    EXPECT_TRUE(contains(error_text([&] { ZipArchive(bytes_of(file)); }), "past the end")) << more;
  }
}

TEST(Zip, RefusesAnArchiveCutAnywhere) {
  const std::string file = ZipWriter(true).add("a/data.pkl", "hello").add("b", "there").finish();
  for (std::size_t size = 0; size < file.size(); ++size) {
    const std::string cut = file.substr(0, size);
    EXPECT_NE(error_text([&] { ZipArchive(bytes_of(cut)); }), "") << size;
  }
}

}  // namespace
}  // namespace tvts
