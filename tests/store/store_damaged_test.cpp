// Shards of which a file is damaged or missing.
#include "tests/store/store_support.h"

namespace tvts::test {
namespace {

const std::string kValues = "video_emb/video_emb_00000.npy", kLines = "metadata/metadata_00000.jsonl",
                  kFailures = "_errors/00000.jsonl";

std::vector<ItemId> inputs() {
  auto all = items(12);
  all[1] = item("bad1.mp4");
  return all;
}

std::string cut(const std::string& content) { return content.substr(0, content.size() - 3); }

std::string with_nan_at_the_end(const std::string& content) {
  return content.substr(0, content.size() - 4) + std::string("\0\0\xc0\x7f", 4);
}

struct Damage {
  const char* name;
  std::string file;
  std::string (*change)(const std::string&);  // nullptr: the file is removed
};

class StoreDamage : public testing::TestWithParam<Damage> {
 protected:
  void SetUp() override {
    run(out_, inputs());
    const std::string path = out_ + "/" + GetParam().file;
    if (GetParam().change == nullptr) {
      std::filesystem::remove(path);
    } else {
      write_file(path, GetParam().change(read_file(path)));
    }
  }

  StoreFolder folder_;
  const std::string out_ = folder_ / "out";
};

TEST_P(StoreDamage, IsNamedAndTheItemsOfTheShardAreEmbeddedAgain) {
  const RunResult again = run(out_, inputs());
  ASSERT_EQ(again.plan.damaged.size(), 1U);
  EXPECT_TRUE(contains(again.plan.damaged[0], GetParam().file)) << again.plan.damaged[0];
  EXPECT_EQ(again.plan.pending, 5U);  // the failed one too
  const Store store = Store::open(out_);
  EXPECT_EQ(store.videos(), 11U);
  EXPECT_EQ(store.marked(), 0U);
  EXPECT_EQ(run(out_, inputs()).plan.pending, 0U);
}

TEST_P(StoreDamage, KeepsWhatIsLeftOfTheShard) {
  const auto before = snapshot(out_);
  run(out_, inputs());
  for (const std::string& file : {kValues, kLines, kFailures}) {
    const std::string kept = out_ + "/_damaged/" + std::filesystem::path(file).filename().native();
    if (!before.contains(file)) continue;
    EXPECT_EQ(read_file(kept), before.at(file)) << kept;
  }
}

const Damage kDamages[] = {
    {"MissingValues", kValues, nullptr},
    {"CutValues", kValues, cut},
    {"ValuesThatAreNotFinite", kValues, with_nan_at_the_end},
    {"MissingLines", kLines, nullptr},
    {"CutLines", kLines, cut},
    {"FewerLines", kLines, [](const std::string& text) { return text.substr(text.find('\n') + 1); }},
    {"CutFailures", kFailures, cut}};

INSTANTIATE_TEST_SUITE_P(Files, StoreDamage, testing::ValuesIn(kDamages),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(DamagedStore, OfTheLastShardIsMendedUnderTheSameNumber) {
  StoreFolder folder;
  run(folder / "whole", items(12));
  run(folder / "out", items(12));
  std::filesystem::remove(folder / "out/video_emb/video_emb_00002.npy");
  run(folder / "out", items(12));
  std::filesystem::remove_all(folder / "out/_damaged");
  EXPECT_EQ(snapshot(folder / "out"), snapshot(folder / "whole"));
}

TEST(DamagedStore, SaysToItsReadersHowItIsMended) {
  StoreFolder folder;
  run(folder / "out", items(3));
  std::filesystem::remove(folder / ("out/" + kValues));
  const std::string message = error_text([&] { Store::open(folder / "out"); });
  EXPECT_TRUE(contains(message, kValues)) << message;
  EXPECT_TRUE(contains(message, "embeds the videos of a damaged shard again")) << message;
}

}  // namespace
}  // namespace tvts::test
