// Attention maps through the library against what `tvts attend` writes and prints.
#include "tvts/api/attention.h"

#include <cmath>

#include "tests/cli/cli_fixture.h"
#include "tvts/core/npy.h"

namespace tvts::test {
namespace {

class ApiAttention : public CliTest {
 protected:
  static api::AttentionRequest request(std::vector<std::string> outputs = {}) {
    return {.path = shared("videos/circle.mp4"),
            .outputs = std::move(outputs),
            .model = {.file = shared("model.safetensors")}};
  }

  // Prints one JSON object.
  static nlohmann::json attend(std::vector<std::string> more) {
    std::vector<std::string> arguments = {"attend", shared("videos/circle.mp4"), "--pretrained",
                                          shared("model.safetensors"), "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Outcome outcome = run_tvts(arguments);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return json_lines(outcome.out).at(0);
  }

  std::string file(const std::string& name) const { return read_text(folder_ / name); }
};

TEST_F(ApiAttention, WritesTheCommandsPicturesAndGivesItsNumbers) {
  const api::AttentionMaps maps = api::attention_maps(request({folder_ / "a.npy", folder_ / "a.png"}));
  const auto json = attend({"-o", folder_ / "b.npy", "-o", folder_ / "b.png"});
  EXPECT_FALSE(file("a.npy").empty());
  EXPECT_EQ(file("a.npy"), file("b.npy"));
  EXPECT_EQ(file("a.png"), file("b.png"));
  EXPECT_EQ(maps.patches, to_float32(read_npy(folder_ / "b.npy"), "b.npy"));
  EXPECT_EQ(maps.clip.layer, json["layer"]);
  EXPECT_EQ(maps.clip.frame_seconds, json["frame_seconds"].get<std::vector<double>>());
  EXPECT_EQ(maps.clip.frame_indices, json["frame_indices"].get<std::vector<std::int64_t>>());
  EXPECT_EQ(maps.of_frames.at(2).share, json["frames"][2]["share"]);
}

TEST_F(ApiAttention, TheWeightsOfAHeadSumToOne) {
  api::AttentionRequest asked = request();
  asked.per_head = true;
  const api::AttentionMaps maps = api::attention_maps(asked);
  const auto of_head = static_cast<std::size_t>(maps.frames * maps.rows * maps.columns);
  ASSERT_EQ(maps.patches.size(), static_cast<std::size_t>(maps.heads) * of_head);
  EXPECT_EQ(maps.frames, 4);
  EXPECT_EQ(maps.rows, 2);
  EXPECT_EQ(maps.columns, 2);
  for (std::size_t head = 0; head < static_cast<std::size_t>(maps.heads); ++head) {
    double sum = maps.cls.at(head);
    for (std::size_t i = 0; i < of_head; ++i) sum += maps.patches[head * of_head + i];
    EXPECT_NEAR(sum, 1, 1e-5);
  }
}

TEST_F(ApiAttention, AMaskLeavesNoNumberWhereItTakesPatchesAway) {
  api::AttentionRequest asked = request();
  asked.mask_ratio = 0.5;
  const api::AttentionMaps maps = api::attention_maps(asked);
  ASSERT_EQ(maps.clip.kept_patches.size(), 2U);
  for (std::size_t i = 0; i < maps.patches.size(); ++i) {
    const auto cell = static_cast<std::int64_t>(i % 4);
    EXPECT_EQ(std::isnan(maps.patches[i]), std::ranges::count(maps.clip.kept_patches, cell) == 0) << i;
  }
}

TEST_F(ApiAttention, APatchOverTimeIsTheCommands) {
  const api::PatchAttention found =
      api::attention_over_time(request({folder_ / "a.svg", folder_ / "a.html"}), {.frame = 1, .row = 0, .column = 1});
  const auto json = attend({"-o", folder_ / "b.svg", "-o", folder_ / "b.html", "--patch", "1,0,1"});
  EXPECT_FALSE(file("a.svg").empty());
  EXPECT_EQ(file("a.svg"), file("b.svg"));
  EXPECT_EQ(file("a.html"), file("b.html"));
  EXPECT_EQ(found.mean, json["weights"].get<std::vector<float>>());
  EXPECT_EQ(found.weights.size(), 5U);
}

TEST_F(ApiAttention, ErrorsAreOfTheirKinds) {
  const auto kind_of = [&](auto change) {
    api::AttentionRequest asked = request();
    change(asked);
    try {
      api::attention_maps(asked);
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::kFailed;
  };
  EXPECT_EQ(kind_of([](auto& asked) { asked.layer = 2; }), ErrorKind::kUsage);
  EXPECT_EQ(kind_of([](auto& asked) { asked.outputs = {"m.svg"}; }), ErrorKind::kUsage);
  EXPECT_EQ(kind_of([](auto& asked) { asked.model.options.precision = "bf16"; }), ErrorKind::kUsage);
  EXPECT_EQ(kind_of([](auto& asked) { asked.video.window = 1; }), ErrorKind::kUsage);
  EXPECT_EQ(kind_of([](auto& asked) { asked.frames_per_second = 0; }), ErrorKind::kUsage);
  EXPECT_EQ(kind_of([](auto& asked) { asked.path = "absent.mp4"; }), ErrorKind::kInput);
  EXPECT_THROW(api::attention_over_time(request(), {.frame = 9}), Error);
}

TEST_F(ApiAttention, AStopEndsIt) {
  std::stop_source stop;
  stop.request_stop();
  try {
    api::attention_maps(request(), {.stop = stop.get_token()});
    FAIL() << "it went on to its end";
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInterrupted) << error.what();
  }
}

}  // namespace
}  // namespace tvts::test
