// Still pictures: turned as their files say, in every way of saying it, and as large as cameras make them.
extern "C" {
#include <libavutil/crc.h>
}

#include <gtest/gtest.h>

#include <fstream>

#include "tests/media/video/ffmpeg_program.h"
#include "tests/support/error_text.h"
#include "tvts/core/error.h"
#include "tvts/media/video/image_codec.h"
#include "tvts/media/video/media_input.h"
#include "tvts/media/video/read_clips.h"
#include "tvts/media/video/rgb_image.h"
#include "tvts/media/video/stored_orientation.h"

namespace tvts {
namespace {

using Bytes = std::string;

Bytes big(std::uint32_t number, int size) {
  Bytes bytes;
  for (int i = size - 1; i >= 0; --i) bytes += static_cast<char>(number >> (8 * i));
  return bytes;
}

Bytes little(std::uint32_t number, int size) {
  const Bytes bytes = big(number, size);
  return {bytes.rbegin(), bytes.rend()};
}

// One directory with the orientation tag alone.
Bytes exif(int orientation) {
  return Bytes("MM\0*", 4) + big(8, 4) + big(1, 2) + big(0x112, 2) + big(3, 2) + big(1, 4) +
         big(static_cast<std::uint32_t>(orientation), 2) + big(0, 2) + big(0, 4);
}

// Blocks of 16 pixels, no two alike, which compression hardly changes.
RgbImage upright_picture() {
  RgbImage image{48, 64, {}};
  for (int y = 0; y < image.height; ++y) {
    for (int x = 0; x < image.width; ++x) {
      const int shade = 40 + 16 * (x / 16 + 3 * (y / 16));
      for (const int value : {shade, shade, shade}) image.pixels.push_back(static_cast<std::uint8_t>(value));
    }
  }
  return image;
}

// What a camera stores for each orientation: by the standard's words for its row 0 and its column 0.
RgbImage stored_picture(const RgbImage& upright, int orientation) {
  const bool rows_are_columns = orientation >= 5;
  const bool from_right = orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
  const bool from_bottom = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
  RgbImage stored{
      rows_are_columns ? upright.height : upright.width, rows_are_columns ? upright.width : upright.height, {}};
  for (int row = 0; row < stored.height; ++row) {
    for (int column = 0; column < stored.width; ++column) {
      const int across = rows_are_columns ? row : column, down = rows_are_columns ? column : row;
      const int x = from_right ? upright.width - 1 - across : across;
      const int y = from_bottom ? upright.height - 1 - down : down;
      stored.pixels.insert(stored.pixels.end(), upright.at(x, y), upright.at(x, y) + 3);
    }
  }
  return stored;
}

Bytes text_of(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Bytes png_chunk(const Bytes& name, const Bytes& content) {
  const Bytes named = name + content;
  const std::uint32_t sum = ~av_crc(av_crc_get_table(AV_CRC_32_IEEE_LE), ~0U,
                                    reinterpret_cast<const std::uint8_t*>(named.data()), named.size());
  return big(static_cast<std::uint32_t>(content.size()), 4) + named + big(sum, 4);
}

// With EXIF behind the header, or behind the pixels.
Bytes png(const RgbImage& image, int orientation, bool at_end = false) {
  constexpr std::size_t kHeaderEnd = 8 + 25, kEndChunk = 12;
  Bytes file = text_of(encode_png(image.pixels, image.width, image.height));
  return file.insert(at_end ? file.size() - kEndChunk : kHeaderEnd, png_chunk("eXIf", exif(orientation)));
}

Bytes jpeg(const RgbImage& image, int orientation) {
  const Bytes content = Bytes("Exif\0\0", 6) + exif(orientation);
  Bytes file = text_of(encode_jpeg(image.pixels, image.width, image.height, 2));
  return file.insert(2, "\xff\xe1" + big(static_cast<std::uint32_t>(content.size()) + 2, 2) + content);
}

// Plain RGB; the tags that a reader needs, in their order, and the orientation among them.
Bytes tiff(const RgbImage& image, int orientation) {
  const auto width = static_cast<std::uint32_t>(image.width), height = static_cast<std::uint32_t>(image.height);
  const auto pixels = static_cast<std::uint32_t>(image.pixels.size());
  const std::uint32_t tags[][2] = {{256, width},
                                   {257, height},
                                   {258, 8},
                                   {259, 1},
                                   {262, 2},
                                   {273, 8},
                                   {274, static_cast<std::uint32_t>(orientation)},
                                   {277, 3},
                                   {278, height},
                                   {279, pixels}};
  Bytes file = Bytes("II*\0", 4) + little(8 + pixels, 4) + Bytes(image.pixels.begin(), image.pixels.end());
  file += little(std::size(tags), 2);
  for (const auto& [tag, value] : tags) {
    const bool is_long = tag == 273 || tag == 278 || tag == 279;
    file += little(tag, 2) + little(is_long ? 4 : 3, 2) + little(1, 4) + little(value, 4);
  }
  return file + little(0, 4);
}

Bytes webp(const test::TemporaryFolder& folder, const RgbImage& image, int orientation, bool marked) {
  std::ofstream(folder / "stored.png", std::ios::binary)
      << text_of(encode_png(image.pixels, image.width, image.height));
  test::make_video("-i '" + (folder / "stored.png") + "' -c:v libwebp -lossless 1", folder / "plain.webp");
  std::ifstream input(folder / "plain.webp", std::ios::binary);
  const Bytes plain(std::istreambuf_iterator<char>(input), {}), pixels = plain.substr(12);
  const Bytes content = (marked ? Bytes("Exif\0\0", 6) : "") + exif(orientation);
  Bytes chunks = "WEBP" + ("VP8X" + little(10, 4)) + little(8, 4) +
                 little(static_cast<std::uint32_t>(image.width) - 1, 3) +
                 little(static_cast<std::uint32_t>(image.height) - 1, 3) + pixels;
  chunks += "EXIF" + little(static_cast<std::uint32_t>(content.size()), 4) + content;
  return "RIFF" + little(static_cast<std::uint32_t>(chunks.size()), 4) + chunks;
}

MediaBytes media(const std::string& name, const Bytes& file) {
  const auto* data = reinterpret_cast<const std::byte*>(file.data());
  return {name, std::make_shared<const std::vector<std::byte>>(data, data + file.size())};
}

struct Read {
  Clip clip;
  VideoReport report;
};

Read read(const MediaBytes& input, ClipOptions options = {}) {
  options.preprocess = Preprocess::kClip;
  options.image_size = 48;
  Read result;
  result.report = read_clips(input, options, {}, [&](Clip clip) {
    result.clip = std::move(clip);
    return true;
  });
  return result;
}

void expect_upright(const MediaBytes& input, int tolerance = 0) {
  const RgbImage upright = upright_picture();
  const Clip expected =
      read(media("upright.png", text_of(encode_png(upright.pixels, upright.width, upright.height)))).clip;
  const Clip found = read(input).clip;
  ASSERT_EQ(found.pixels.size(), expected.pixels.size());
  int worst = 0;
  for (std::size_t i = 0; i < found.pixels.size(); ++i) {
    worst = std::max(worst, std::abs(found.pixels[i] - expected.pixels[i]));
  }
  EXPECT_LE(worst, tolerance);
}

TEST(StillPictures, AreTurnedAndMirroredAsTheirExifSays) {
  for (int orientation = 1; orientation <= 8; ++orientation) {
    SCOPED_TRACE(orientation);
    const RgbImage stored = stored_picture(upright_picture(), orientation);
    expect_upright(media("a.png", png(stored, orientation)));
    expect_upright(media("a.png", png(stored, orientation, true)));
    expect_upright(media("a.tif", tiff(stored, orientation)));
    expect_upright(media("a.jpg", jpeg(stored, orientation)), 6);
  }
}

TEST(StillPictures, AreTurnedInWebPToo) {
  TVTS_SKIP_WITHOUT_FFMPEG();
  const test::TemporaryFolder folder;
  for (const int orientation : {2, 5, 6, 7}) {
    for (const bool marked : {false, true}) {
      SCOPED_TRACE(testing::Message() << orientation << (marked ? " after a marker" : ""));
      expect_upright(
          media("a.webp", webp(folder, stored_picture(upright_picture(), orientation), orientation, marked)));
    }
  }
}

TEST(StillPictures, StayAsStoredOnRequest) {
  const RgbImage stored = stored_picture(upright_picture(), 6);
  ClipOptions options;
  options.rotate = false;
  const auto as_stored = read(media("a.png", png(stored, 1)), options).clip.pixels;
  EXPECT_TRUE(read(media("a.png", png(stored, 6)), options).clip.pixels == as_stored);
  EXPECT_TRUE(read(media("a.tif", tiff(stored, 6)), options).clip.pixels == as_stored);
}

TEST(StillPictures, ExifThatMakesNoSenseIsPassedOver) {
  const RgbImage upright = upright_picture();
  const Bytes plain = png(upright, 1);
  for (const int orientation : {0, 9, 65535}) expect_upright(media("a.png", png(upright, orientation)));
  const std::size_t entry = plain.find("eXIf") + 4 + 10;  // of the directory: tag 2, type 2, count 4, value 4
  for (const auto& [at, bytes] : std::vector<std::pair<std::size_t, Bytes>>{{entry + 2, big(2, 2)},
                                                                            {entry + 4, big(0xffffffff, 4)},
                                                                            {entry - 2, big(65535, 2)},
                                                                            {entry - 6, big(0xfffffff0, 4)},
                                                                            {entry - 10, "XX"}}) {
    Bytes file = png(upright, 6);
    file.replace(at, bytes.size(), bytes);
    if (at == entry - 2) continue;  // more entries than there are: the one that is there counts
    expect_upright(media("a.png", file));
  }
}

Bytes box(const Bytes& name, const Bytes& content) {
  return big(static_cast<std::uint32_t>(content.size()) + 8, 4) + name + content;
}

// The properties (of one byte each) of the item that is shown, and of another one that is not.
Bytes avif(const std::vector<std::pair<Bytes, int>>& properties, int other_turn, const Bytes& kind = "avif") {
  Bytes ipco = box("irot", big(static_cast<std::uint32_t>(other_turn), 1)), numbers;
  for (std::size_t i = 0; i < properties.size(); ++i) {
    ipco += box(properties[i].first, big(static_cast<std::uint32_t>(properties[i].second), 1));
    numbers += big(0x80 | static_cast<std::uint32_t>(i + 2), 1);
  }
  const Bytes ipma = big(0, 4) + big(2, 4) + (big(1, 2) + big(1, 1) + big(1, 1)) +
                     (big(7, 2) + big(static_cast<std::uint32_t>(properties.size()), 1) + numbers);
  const Bytes items = box("pitm", big(0, 4) + big(7, 2)) + box("iprp", box("ipco", ipco) + box("ipma", ipma));
  return box("ftyp", kind + big(0, 4)) + box("meta", big(0, 4) + items);
}

Orientation orientation_in(const Bytes& file) {
  const MediaBytes bytes = media("a.avif", file);
  const Budget budget(10, 1 << 20, {});
  MediaInput input(bytes, budget);
  return stored_orientation(*input.context(), *av_find_input_format("mov"));
}

TEST(StillPictures, OfAvifAreTurnedByThePropertiesOfTheirPrimaryItem) {
  EXPECT_EQ(orientation_in(avif({{"irot", 3}}, 1)), (Orientation{true, true, false}));  // EXIF 6
  EXPECT_EQ(orientation_in(avif({{"irot", 1}}, 2)), (Orientation{true, false, true}));  // EXIF 8
  EXPECT_EQ(orientation_in(avif({{"pixi", 0}, {"imir", 1}}, 2)), (Orientation{false, true, false}));
  EXPECT_EQ(orientation_in(avif({{"irot", 1}, {"imir", 0}}, 0)), (Orientation{true, false, false}));  // EXIF 5
  EXPECT_EQ(orientation_in(avif({{"irot", 3}, {"imir", 0}}, 0)), (Orientation{true, true, true}));    // EXIF 7
  EXPECT_EQ(orientation_in(avif({}, 3)), Orientation{});
  EXPECT_EQ(orientation_in(avif({{"irot", 3}}, 3, "isom")), Orientation{});  // a video
}

TEST(StillPictures, OfAvifThatAreCutAnywhereAreUpright) {
  const Bytes whole = avif({{"irot", 3}}, 1);
  for (std::size_t size = 1; size < whole.size(); ++size) {
    EXPECT_EQ(orientation_in(whole.substr(0, size)), Orientation{}) << size;
  }
}

// What phones write by default. An FFmpeg that reads it would have something else to say of these few bytes.
TEST(StillPictures, OfHeicAreCalledByTheirName) {
  const std::string error = test::error_text([] { read(media("a.heic", avif({{"irot", 3}}, 1, "heic"))); });
  EXPECT_NE(error.find("is a HEIC picture"), std::string::npos) << error;
}

ClipOptions with_budget(std::size_t mebibytes) {
  ClipOptions options;
  options.memory_budget_bytes = mebibytes << 20;
  return options;
}

// What 48 megapixels are to a gigabyte, 3 are to 64 MiB.
TEST(StillPictures, MayTakeMostOfTheMemoryBudget) {
  TVTS_SKIP_WITHOUT_FFMPEG();
  const test::TemporaryFolder folder;
  for (const std::string name : {"a.png", "a.tif", "a.bmp", "a.jpg", "a.webp"}) {
    SCOPED_TRACE(name);
    test::make_video("-f lavfi -i testsrc2=size=2250x1700 -frames:v 1", folder / name);
    const Read found = read({folder / name, nullptr}, with_budget(64));
    EXPECT_EQ(found.report.width, 2250);
    EXPECT_TRUE(found.report.warnings.empty()) << found.report.warnings.front();
  }
}

TEST(StillPictures, OfJpegBeyondItAreDecodedSmallerAndSaySo) {
  TVTS_SKIP_WITHOUT_FFMPEG();
  const test::TemporaryFolder folder;
  test::make_video("-f lavfi -i testsrc2=size=4000x3000 -frames:v 1 -pix_fmt yuvj420p", folder / "a.jpg");
  const Read small = read({folder / "a.jpg", nullptr}, with_budget(64)), whole = read({folder / "a.jpg", nullptr});
  EXPECT_EQ(small.report.width, 2000);
  ASSERT_EQ(small.report.warnings.size(), 1u);
  EXPECT_NE(small.report.warnings[0].find("4000 x 3000 pixels was decoded at 2000 x 1500"), std::string::npos);
  int worst = 0;
  for (std::size_t i = 0; i < whole.clip.pixels.size(); ++i) {
    worst = std::max(worst, std::abs(small.clip.pixels[i] - whole.clip.pixels[i]));
  }
  EXPECT_LE(worst, 24);
}

TEST(StillPictures, BeyondItAreRefusedByTheirSizeTheLimitAndTheOption) {
  TVTS_SKIP_WITHOUT_FFMPEG();
  const test::TemporaryFolder folder;
  for (const std::string name : {"a.png", "a.jpg", "a.mp4"}) {
    SCOPED_TRACE(name);
    test::make_video("-f lavfi -i testsrc2=size=4000x3000 -frames:v 1 -pix_fmt yuvj420p", folder / name);
    const std::string error = test::error_text([&] { read({folder / name, nullptr}, with_budget(16)); });
    EXPECT_NE(error.find("4000 x 3000"), std::string::npos) << error;
    EXPECT_NE(error.find("memory budget of 16 MiB"), std::string::npos) << error;
    const std::size_t option = error.find("--memory-budget ");
    ASSERT_NE(option, std::string::npos) << error;
    const std::size_t enough = std::stoul(error.substr(option + 16));
    EXPECT_NO_THROW(read({folder / name, nullptr}, with_budget(enough)));
  }
}

}  // namespace
}  // namespace tvts
