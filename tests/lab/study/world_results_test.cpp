// A whole small world of a few clips, tested with a random model, against plain loops over single clips.
#include "lab/study/world_results.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "lab/study/world_folder.h"
#include "lab/world/write_world.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/tiny_model.h"
#include "tvts/core/error.h"
#include "tvts/media/video/read_clips.h"
#include "tvts/model/pretrained/load_model.h"
#include "tvts/model/pretrained/save_model.h"

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
    StudyModel model = load("model.safetensors"), baseline = load("other.safetensors", Pool::kMean);
    results_ = std::make_unique<WorldResults>(world_results(*folder_ / "world", model, &baseline, Controls::kAll, {}));
  }

  static void TearDownTestSuite() {
    results_.reset();
    folder_.reset();
  }

  static ModelSpec spec() {
    ModelSpec spec;
    spec.config = tiny_config();
    spec.config.text.context_length = 77;
    spec.config.text.vocab_size = kByteTokens + 3;
    spec.preprocess = Preprocess::kClip;
    spec.tokenizer.merges = "t h\n";
    return spec;
  }

  static DualEncoder random_model(std::uint64_t seed) {
    DualEncoder model = make_dual_encoder(spec().config);
    initialise(model, seed, TemporalStart::kRandom);
    return model;
  }

  static void save_random_model(const std::string& path, std::uint64_t seed) {
    const ModelSpec spec = WorldResultsTest::spec();
    DualEncoder model = random_model(seed);
    model.sort_head = SortHead(spec.config.embed_dim, 4);
    initialise_sort_head(model, seed);
    save_model(path, model, spec);
  }

  static StudyModel load(const std::string& name, std::optional<Pool> pool = std::nullopt) {
    return load_study_model(*folder_ / name, {.pool = pool});
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

// The plain model on one clip and one text at a time, by nothing that the measured code calls but the decoder.
class PlainLoop {
 public:
  PlainLoop(DualEncoder model, const ModelSpec& spec, bool frames_alone)
      : model_(std::move(model)), spec_(spec), tokenizer_(make_tokenizer(spec, "")), frames_alone_(frames_alone) {}

  double similarity(const std::string& clip, const std::string& text) {
    const at::NoGradGuard no_grad;
    return at::cosine_similarity(video(clip), model_.text(ids(text))[0], 0).item<double>();
  }

 private:
  // [T, 3, R, R]
  at::Tensor frames(const std::string& path) const {
    const VideoConfig& config = spec_.config.video;
    at::Tensor frames;
    read_clips({.path = path, .content = nullptr},
               {.preprocess = spec_.preprocess, .num_frames = config.num_frames, .image_size = config.image_size}, {},
               [&](const Clip& clip) {
                 const at::Tensor pixels = at::tensor(at::ArrayRef<std::uint8_t>(clip.pixels));
                 frames = pixels.reshape({clip.frames, config.image_size, config.image_size, 3}).permute({0, 3, 1, 2});
                 return true;
               });
    const at::Tensor mean = at::tensor({0.48145466, 0.4578275, 0.40821073}, at::kFloat).reshape({3, 1, 1});
    const at::Tensor deviation = at::tensor({0.26862954, 0.26130258, 0.27577711}, at::kFloat).reshape({3, 1, 1});
    return (frames.to(at::kFloat) / 255 - mean) / deviation;
  }

  at::Tensor video(const std::string& path) {
    if (!frames_alone_) return model_.video(frames(path).unsqueeze(0)).embedding[0];
    const at::Tensor alone = model_.video->forward_images(frames(path));
    return (alone / alone.norm(2, 1, /*keepdim=*/true)).mean(0);
  }

  at::Tensor ids(const std::string& text) const {
    std::vector<std::int32_t> ids(static_cast<std::size_t>(tokenizer_.context_length()));
    tokenizer_.encode(text, ids);
    return at::tensor(at::ArrayRef<std::int32_t>(ids)).to(at::kLong).unsqueeze(0);
  }

  DualEncoder model_;
  const ModelSpec spec_;
  const Tokenizer tokenizer_;
  const bool frames_alone_;
};

TEST_F(WorldResultsTest, RanksAreThoseOfANaiveLoop) {
  PlainLoop loop(random_model(2), spec(), /*frames_alone=*/false);
  const WorldTests tests = read_world_tests(*folder_ / "world");
  ASSERT_EQ(tests.retrieval.size(), static_cast<std::size_t>(kTest));
  const std::vector<double>& ranks = values("t2v_query_rank", kModel);
  for (std::size_t text = 0; text < tests.retrieval.size(); ++text) {
    const std::string& query = tests.retrieval[text].query;
    const double own = loop.similarity(tests.retrieval[text].path, query);
    double rank = 1;
    for (const CaptionedClip& clip : tests.retrieval) rank += loop.similarity(clip.path, query) > own + 1e-7;
    EXPECT_EQ(ranks[text], rank) << query;
    EXPECT_EQ(values("t2v_query_r1", kModel)[text], rank == 1 ? 100 : 0);
    EXPECT_NEAR(values("t2v_query_mms", kModel)[text], own, 1e-5);
    EXPECT_EQ(values("t2v_query_r5", kModel)[text], rank <= 5 ? 100 : 0);
  }
}

TEST_F(WorldResultsTest, TwinsAreThoseOfANaiveLoop) {
  PlainLoop loop(random_model(2), spec(), /*frames_alone=*/false);
  std::size_t pair = 0;
  for (const TwinClips& twins : read_world_tests(*folder_ / "world").twins) {
    if (twins.kind != "order") continue;
    double right = 0;
    for (const std::size_t side : {0, 1}) {
      const double own = loop.similarity(twins.path[side], twins.query[side]);
      right += own > loop.similarity(twins.path[side], twins.query[1 - side]) ? 50 : 0;
    }
    EXPECT_EQ(values("twins_order", kModel)[pair++], right);
  }
  EXPECT_EQ(pair, static_cast<std::size_t>(kTwins));
}

TEST_F(WorldResultsTest, KindsAreThoseOfANaiveLoop) {
  PlainLoop loop(random_model(3), spec(), /*frames_alone=*/true);
  const ActionTest actions = read_world_tests(*folder_ / "world").actions;
  ASSERT_EQ(actions.paths.size(), 36U);
  for (std::size_t clip = 0; clip < actions.paths.size(); clip += 5) {
    std::vector<double> scores;
    for (const std::string& name : actions.classes) {
      scores.push_back(loop.similarity(actions.paths[clip], "something " + name));
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
