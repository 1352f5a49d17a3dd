// tvts attend.
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "tests/cli/cli_fixture.h"
#include "tvts/core/npy.h"
#include "tvts/media/video/read_clips.h"

namespace tvts::test {
namespace {

class AttendCommand : public CliTest {
 protected:
  static Outcome attend(const std::string& video, std::vector<std::string> more) {
    std::vector<std::string> arguments = {"attend", video, "--pretrained", shared("model.safetensors")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_tvts(arguments);
  }
  Outcome attend(std::vector<std::string> more) { return attend(shared("videos/circle.mp4"), std::move(more)); }

  std::vector<float> weights(const std::string& name) { return to_float32(read_npy(folder_ / name), name); }
};

double sum_of(const std::vector<float>& values) {
  double sum = 0;
  for (const float value : values) sum += value;
  return sum;
}

TEST_F(AttendCommand, WritesVideoGifSheetAndWeightsOfOneRun) {
  const Outcome outcome = attend(
      {"-o", folder_ / "m.mp4", "-o", folder_ / "m.gif", "-o", folder_ / "m.png", "-o", folder_ / "m.npy", "--json"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const auto json = json_lines(outcome.out).at(0);
  EXPECT_EQ(json["layer"], 1);
  EXPECT_EQ(read_npy(folder_ / "m.npy").shape, (std::vector<std::int64_t>{1, 4, 2, 2}));
  EXPECT_NEAR(sum_of(weights("m.npy")) + json["cls_weight"][0].get<double>(), 1, 1e-5);
  double shares = 0;
  for (const auto& frame : json["frames"]) shares += frame["share"].get<double>();
  EXPECT_NEAR(shares, sum_of(weights("m.npy")), 1e-5);
  for (const auto& [name, frames] : {std::pair{"m.mp4", 4}, {"m.gif", 4}, {"m.png", 1}}) {
    EXPECT_EQ(read_clips({folder_ / name, nullptr}, {}, {}, [](const Clip&) { return true; }).frames_found, frames)
        << name;
  }
}

TEST_F(AttendCommand, ALayerCountsFromEitherEnd) {
  for (const char* layer : {"0", "-2"}) {
    ASSERT_EQ(attend({"-o", folder_ / (std::string(layer) + ".npy"), "--layer", layer}).exit_code, 0);
  }
  ASSERT_EQ(attend({"-o", folder_ / "last.npy"}).exit_code, 0);
  EXPECT_EQ(weights("0.npy"), weights("-2.npy"));
  EXPECT_NE(weights("0.npy"), weights("last.npy"));
  EXPECT_EQ(attend({"-o", folder_ / "x.npy", "--layer", "2"}).exit_code, 2);
}

TEST_F(AttendCommand, AMaskTakesTheSamePatchesAwayInEveryFrame) {
  const Outcome outcome = attend({"-o", folder_ / "m.npy", "--mask-ratio", "0.5", "--seed", "3", "--json"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  const auto kept = json_lines(outcome.out).at(0)["kept_patches"];
  ASSERT_EQ(kept.size(), 2U);
  const std::vector<float> values = weights("m.npy");
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool is_kept = std::find(kept.begin(), kept.end(), i % 4) != kept.end();
    EXPECT_EQ(std::isnan(values[i]), !is_kept) << i;
  }
}

TEST_F(AttendCommand, APatchGivesAChartOverTime) {
  const Outcome outcome =
      attend({"-o", folder_ / "t.svg", "-o", folder_ / "t.html", "-o", folder_ / "t.npy", "--patch", "1,0,1"});
  ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(lines_of(outcome.out).size(), 4U);
  EXPECT_EQ(read_npy(folder_ / "t.npy").shape, (std::vector<std::int64_t>{1, 5}));
  EXPECT_NEAR(sum_of(weights("t.npy")), 1, 1e-5);
  EXPECT_NE(read_text(folder_ / "t.svg").find("row 0, column 1"), std::string::npos);
  EXPECT_NE(read_text(folder_ / "t.html").find("data:image/png"), std::string::npos);
}

TEST_F(AttendCommand, OutputsThatDoNotFitAreMistakesOfUse) {
  EXPECT_EQ(attend({"-o", folder_ / "m.jpg"}).exit_code, 2);
  EXPECT_EQ(attend({"-o", folder_ / "m.svg"}).exit_code, 2);
  EXPECT_EQ(attend({"-o", folder_ / "m.mp4", "--patch", "0,0,0"}).exit_code, 2);
  EXPECT_EQ(attend({"-o", folder_ / "t.svg", "--patch", "9,0,0"}).exit_code, 2);
  EXPECT_EQ(attend({"-o", folder_ / "m.npy", "--mask-ratio", "1"}).exit_code, 2);
  EXPECT_EQ(attend({"-o", folder_ / "m.npy", "--precision", "bf16"}).exit_code, 2);
}

TEST_F(AttendCommand, AVideoThatIsNoneExitsWithFour) {
  EXPECT_EQ(attend(folder_.add("a.mp4", "no video"), {"-o", folder_ / "m.npy"}).exit_code, 4);
}

TEST_F(AttendCommand, ATurnedVideoIsAttendedToUpright) {
  const auto ffmpeg = [&](const std::string& arguments) {
    return std::system(("ffmpeg -nostdin -v error -y " + arguments).c_str());
  };
  if (ffmpeg("-version >/dev/null 2>&1") != 0) GTEST_SKIP() << "the ffmpeg program is absent";
  const std::string plain = shared("videos/circle.mp4"), stored = folder_ / "stored.mp4", turned = folder_ / "t.mp4";
  ASSERT_EQ(ffmpeg("-i " + plain + " -vf transpose=cclock -c:v libx264 -qp 0 -pix_fmt yuv420p " + stored), 0);
  ASSERT_EQ(ffmpeg("-i " + stored + " -c copy -metadata:s:v:0 rotate=270 " + turned), 0);
  ASSERT_EQ(attend(plain, {"-o", folder_ / "plain.npy"}).exit_code, 0);
  ASSERT_EQ(attend(turned, {"-o", folder_ / "turned.npy"}).exit_code, 0);
  ASSERT_EQ(attend(turned, {"-o", folder_ / "lying.npy", "--stored-rotation"}).exit_code, 0);
  const auto distance = [&](const std::string& name) {
    const std::vector<float> a = weights("plain.npy"), b = weights(name);
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += std::abs(a[i] - b[i]);
    return sum;
  };
  EXPECT_LT(distance("turned.npy"), 0.2 * distance("lying.npy"));
}

}  // namespace
}  // namespace tvts::test
