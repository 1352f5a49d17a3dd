// MSR-VTT, DiDeMo and LSMDC: clips and captions in the query register, each meaning once.
#include <map>

#include "lab/world/captions.h"
#include "lab/world/draw.h"
#include "lab/world/file_names.h"
#include "lab/world/scene_sampler.h"
#include "lab/world/world_sets.h"
#include "tvts/core/error.h"

namespace tvts::world {
namespace {

// The scenes of one set, told apart by what their captions say.
class DistinctScenes {
 public:
  // Draws again while the meaning is taken; after many tries it lets the meaning repeat, as a large set has to.
  template <class Sample>
  Scene draw(Sample sample) {
    Scene scene = sample();
    for (int attempt = 0; attempt < 30 && meanings_.contains(meaning_of(scene)); ++attempt) scene = sample();
    ++meanings_[meaning_of(scene)];
    return scene;
  }

  // R@1 of a model that is always right about the meaning: of n clips that mean the same it finds each in 1 of n tries.
  double ceiling() const {
    std::size_t scenes = 0;
    for (const auto& [meaning, count] : meanings_) scenes += count;
    return scenes == 0 ? 1.0 : static_cast<double>(meanings_.size()) / static_cast<double>(scenes);
  }

 private:
  std::map<std::string, std::size_t> meanings_;
};

Json counts_of(int clips, const DistinctScenes& scenes) { return {{"test", clips}, {"ceiling_r1", scenes.ceiling()}}; }

int count_of_small_set(const WorldOptions& options) { return options.test * 2 / 5; }

// 00:01:04.500, or with dots as it stands in the names of LSMDC's clips.
std::string clock_time(int frame, char separator) {
  const int milliseconds = frame * 1000 / kFramesPerSecond, seconds = milliseconds / 1000;
  const auto two = [](int number) { return digits(number, 2); };
  return concat(two(seconds / 3600), separator, two(seconds / 60 % 60), separator, two(seconds % 60), ".",
                digits(milliseconds % 1000, 3));
}

}  // namespace

void plan_msrvtt(const WorldOptions& options, WorldPlan& plan) {
  constexpr int kFirst = 7010;  // where the real test videos begin
  DistinctScenes scenes;
  Json annotations = Json::array(), images = Json::array();
  const std::string header = "key,vid_key,video_id,sentence\n";
  std::string list, query_csv = header, alt_csv = header;
  for (int i = 0; i < options.test; ++i) {
    const int number = kFirst + i;
    const std::string id = concat("video", number);
    RandomStream random(options.seed, "world/msrvtt/" + id);
    Scene scene = scenes.draw([&] { return sample_scene(Split::kTest, {kShortShotFrames, kShortShotFrames}, random); });
    const std::string query = query_caption(scene, random), alt = alt_caption(scene, random);
    const std::string keys = concat("ret", i, ",msr", number, ",", id, ",");
    query_csv += keys + "\"" + query + "\"\n";
    alt_csv += keys + "\"" + alt + "\"\n";
    list += id + "\n";
    images.push_back({{"id", id}});
    annotations.push_back({{"id", i}, {"image_id", id}, {"caption", query}});
    plan.add(concat("eval/msrvtt/videos/all/", id, ".mp4"), std::move(scene), Split::kTest,
             {{"query", query}, {"alt", alt}});
  }
  const Json whole = {{"type", "captions"}, {"images", images}, {"annotations", annotations}};
  plan.texts.push_back({"eval/msrvtt/MSR_VTT.json", whole.dump() + "\n"});
  plan.texts.push_back({"eval/msrvtt/val_list_jsfusion.txt", std::move(list)});
  plan.texts.push_back({"eval/msrvtt/MSRVTT_JSFUSION_test.csv", std::move(query_csv)});
  plan.texts.push_back({"eval/msrvtt/MSRVTT_JSFUSION_test_alt.csv", std::move(alt_csv)});
  plan.counts["msrvtt"] = counts_of(options.test, scenes);
}

void plan_didemo(const WorldOptions& options, WorldPlan& plan) {
  DistinctScenes scenes;
  std::string list;
  const int count = count_of_small_set(options);
  for (int i = 0; i < count; ++i) {
    const std::string path = concat("videos/", digits(i, 5), ".mp4");
    RandomStream random(options.seed, "world/didemo/" + path);
    const std::vector<int> shots(static_cast<std::size_t>(draw_between(3, 4, random)), kShortShotFrames);
    Scene scene = scenes.draw([&] { return sample_scene(Split::kTest, shots, random); });
    const std::string paragraph = query_paragraph(scene, random);
    list += paragraph + "\t" + path + "\n";
    plan.add("eval/didemo/" + path, std::move(scene), Split::kTest, {{"query", paragraph}});
  }
  plan.texts.push_back({"eval/didemo/DiDeMo_test.tsv", std::move(list)});
  plan.counts["didemo"] = counts_of(count, scenes);
}

void plan_lsmdc(const WorldOptions& options, WorldPlan& plan) {
  constexpr int kClipsPerMovie = 50;
  DistinctScenes scenes;
  std::string list;
  const int count = count_of_small_set(options);
  int begin = 0;  // frame of the movie that the clip is cut from
  for (int i = 0; i < count; ++i) {
    if (i % kClipsPerMovie == 0) begin = 0;
    RandomStream random(options.seed, concat("world/lsmdc/", i));
    const std::vector<int> shots = {draw_between(10, 14, random), draw_between(10, 14, random)};
    Scene scene = scenes.draw([&] { return sample_scene(Split::kTest, shots, random); });
    const std::string caption = query_caption(scene, random);
    const int end = begin + frame_count(scene);
    const std::string movie = digits(1 + i / kClipsPerMovie, 4) + "_Small_World";
    const std::string name = concat(movie, "_", clock_time(begin, '.'), "-", clock_time(end, '.'));
    const std::string times = clock_time(begin, ':') + "\t" + clock_time(end, ':');
    list += concat(name, "\t", times, "\t", times, "\t", caption, "\n");
    plan.add(concat("eval/lsmdc/", movie, "/", name, ".avi"), std::move(scene), Split::kTest, {{"query", caption}});
    begin = end;
  }
  plan.texts.push_back({"eval/lsmdc/LSMDC16_test.csv", std::move(list)});
  plan.counts["lsmdc"] = counts_of(count, scenes);
}

}  // namespace tvts::world
