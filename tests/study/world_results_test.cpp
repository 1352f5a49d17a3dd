// A whole small world of a few clips, tested with a random model, against plain loops over single clips.
#include "tvts/study/world_results.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_model.h"
#include "tvts/core/error.h"
#include "tvts/pretrained/save_model.h"
#include "tvts/study/world_folder.h"
#include "tvts/world/write_world.h"

namespace tvts::test {
namespace {

constexpr int kTest = 7, kTwins = 2, kNarrated = 3;

class WorldResultsTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<TemporaryFolder>();
    world::WorldOptions options = {.side = 32, .narrated = 0, .alt = 0, .stills = 0, .val = 0};
    options.test = kTest;
    options.twins = kTwins;
    options.test_narrated = kNarrated;
    options.test_actions = 1;
    world::write_world({.folder = *folder_ / "world", .options = options});
    save_random_model(*folder_ / "model.safetensors", 2);
    save_random_model(*folder_ / "other.safetensors", 3);
    StudyModel model = load("model.safetensors"), baseline = load("other.safetensors", VideoPath::kMeanOfFrames);
    results_ = std::make_unique<WorldResults>(world_results(*folder_ / "world", model, &baseline, Controls::kAll, {}));
  }

  static void TearDownTestSuite() {
    results_.reset();
    folder_.reset();
  }

  static void save_random_model(const std::string& path, std::uint64_t seed) {
    ModelSpec spec;
    spec.config = tiny_config();
    spec.config.text.context_length = 77;
    spec.config.text.vocab_size = kByteTokens + 3;
    spec.tokenizer.merges = "t h\n";
    DualEncoder model = make_dual_encoder(spec.config);
    initialise(model, seed, TemporalStart::kRandom);
    model.sort_head = SortHead(spec.config.embed_dim, 4);
    initialise_sort_head(model, seed);
    save_model(path, model, spec);
  }

  static StudyModel load(const std::string& name, VideoPath path = VideoPath::kSpaceTime) {
    return load_study_model(*folder_ / name, {.video_path = path});
  }

  static const TaskResult& task(const std::string& key) {
    const auto found = std::ranges::find(results_->tasks, key, &TaskResult::key);
    if (found == results_->tasks.end()) throw std::runtime_error("no task " + key);
    return *found;
  }

  static const std::vector<double>& values(const std::string& key, const std::string& system) {
    const SystemValues* found = find_system(task(key), system);
    if (found == nullptr) throw std::runtime_error(key + " has no " + system);
    return found->values;
  }

  static std::unique_ptr<TemporaryFolder> folder_;
  static std::unique_ptr<WorldResults> results_;
};

std::unique_ptr<TemporaryFolder> WorldResultsTest::folder_;
std::unique_ptr<WorldResults> WorldResultsTest::results_;

// One clip and one text at a time.
double similarity(StudyModel& model, const std::string& clip, const std::string& text) {
  return at::dot(encode_clips(model, {clip}, FrameOrders::kInOrder, {}).in_order[0], encode_texts(model, {text})[0])
      .item<double>();
}

TEST_F(WorldResultsTest, RanksAreThoseOfANaiveLoop) {
  StudyModel model = load("model.safetensors");
  const WorldTests tests = read_world_tests(*folder_ / "world");
  ASSERT_EQ(tests.retrieval.size(), static_cast<std::size_t>(kTest));
  const std::vector<double>& ranks = values("t2v_query_rank", kModel);
  for (std::size_t text = 0; text < tests.retrieval.size(); ++text) {
    const std::string& query = tests.retrieval[text].query;
    const double own = similarity(model, tests.retrieval[text].path, query);
    double rank = 1;
    for (const CaptionedClip& clip : tests.retrieval) rank += similarity(model, clip.path, query) > own + 1e-7;
    EXPECT_EQ(ranks[text], rank) << query;
    EXPECT_EQ(values("t2v_query_r1", kModel)[text], rank == 1 ? 100 : 0);
    EXPECT_NEAR(values("t2v_query_mms", kModel)[text], own, 1e-6);
    EXPECT_EQ(values("t2v_query_r5", kModel)[text], rank <= 5 ? 100 : 0);
  }
}

TEST_F(WorldResultsTest, TwinsAreThoseOfANaiveLoop) {
  StudyModel model = load("model.safetensors");
  std::size_t pair = 0;
  for (const TwinClips& twins : read_world_tests(*folder_ / "world").twins) {
    if (twins.kind != "order") continue;
    double right = 0;
    for (const std::size_t side : {0, 1}) {
      const double own = similarity(model, twins.path[side], twins.query[side]);
      right += own > similarity(model, twins.path[side], twins.query[1 - side]) ? 50 : 0;
    }
    EXPECT_EQ(values("twins_order", kModel)[pair++], right);
  }
  EXPECT_EQ(pair, static_cast<std::size_t>(kTwins));
}

TEST_F(WorldResultsTest, KindsAreThoseOfANaiveLoop) {
  StudyModel baseline = load("other.safetensors", VideoPath::kMeanOfFrames);
  const ActionTest actions = read_world_tests(*folder_ / "world").actions;
  ASSERT_EQ(actions.paths.size(), 36U);
  for (std::size_t clip = 0; clip < actions.paths.size(); clip += 5) {
    std::vector<double> scores;
    for (const std::string& name : actions.classes) {
      scores.push_back(similarity(baseline, actions.paths[clip], "something " + name));
    }
    const auto best = std::ranges::max_element(scores) - scores.begin();
    EXPECT_EQ(values("kinds", kMeanOfFrames)[clip], static_cast<std::size_t>(best) == actions.answer[clip] ? 100 : 0);
  }
}

TEST_F(WorldResultsTest, DirectionsAreTestedOnTheClipsThatMove) { EXPECT_EQ(task("directions").items.size(), 12U); }

TEST_F(WorldResultsTest, TextOnlyGetsWhatGuessingGets) {
  for (const double value : values("t2v_query_r1", kTextOnly)) EXPECT_NEAR(value, 100.0 / kTest, 1e-9);
  for (const double value : values("twins_direction", kTextOnly)) EXPECT_EQ(value, 50);
}

TEST_F(WorldResultsTest, SortingIsTestedWithTheClipsOwnFramesAndWithAnothers) {
  EXPECT_EQ(values("sorting", kModel).size(), static_cast<std::size_t>(kNarrated));
  EXPECT_EQ(values("sorting", kOtherVideo).size(), static_cast<std::size_t>(kNarrated));
  EXPECT_EQ(task("sorting").chance, 25);
}

TEST_F(WorldResultsTest, AClipThatIsNotThereIsNamed) {
  StudyModel model = load("model.safetensors");
  try {
    encode_clips(model, {*folder_ / "absent.mp4"}, FrameOrders::kInOrder, {});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kInput);
    EXPECT_NE(std::string(error.what()).find("absent.mp4"), std::string::npos);
  }
}

}  // namespace
}  // namespace tvts::test
