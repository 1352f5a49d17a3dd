// HMDB-51, UCF-101 and Kinetics-400: a clip of one event each, its kind the class. Training lists hold training
// combinations, test lists test combinations.
#include <algorithm>
#include <cctype>

#include "lab/world/draw.h"
#include "lab/world/file_names.h"
#include "lab/world/scene_sampler.h"
#include "lab/world/world_sets.h"
#include "tvts/core/error.h"

namespace tvts::world {
namespace {

struct ActionClip {
  EventKind kind;
  Split split;
  int index;  // among those of the class, training first
};

// All clips of one set, class by class. path_of(clip) is where each goes; its path in the set's folder.
template <class PathOf>
void plan_clips(const std::string& set, const WorldOptions& options, WorldPlan& plan, PathOf path_of) {
  const int train = 2 * options.test_actions, all = 3 * options.test_actions;
  for (int kind = 0; kind < kEventKindCount; ++kind) {
    for (int i = 0; i < all; ++i) {
      const ActionClip clip{static_cast<EventKind>(kind), i < train ? Split::kTrain : Split::kTest, i};
      RandomStream random(options.seed, concat("world/", set, "/", name_of(clip.kind), "/", i));
      const int frames = draw_action_frames(random);
      Scene scene = sample_action(sample_event(clip.kind, clip.split, random), frames, random);
      plan.add(concat("eval/", set, "/", path_of(clip)), std::move(scene), clip.split, {{"class", name_of(clip.kind)}});
    }
  }
  plan.counts[set] = {{"train", kEventKindCount * train}, {"test", kEventKindCount * options.test_actions}};
}

// The class names in the order of their numbers, and the template that makes sentences of them.
void add_class_texts(const std::string& set, WorldPlan& plan) {
  std::string names;
  for (int kind = 0; kind < kEventKindCount; ++kind) names.append(name_of(static_cast<EventKind>(kind))).append("\n");
  plan.texts.push_back({concat("eval/", set, "/classes.txt"), std::move(names)});
  plan.texts.push_back({concat("eval/", set, "/template.txt"), concat(kTemplate, "\n")});
}

std::string with_underscores(EventKind kind) {
  std::string name(name_of(kind));
  std::ranges::replace(name, ' ', '_');
  return name;
}

std::string in_camel_case(EventKind kind) {
  std::string name;
  bool capital = true;
  for (const char letter : name_of(kind)) {
    if (letter != ' ') name += capital ? static_cast<char>(std::toupper(letter)) : letter;
    capital = letter == ' ';
  }
  return name;
}

}  // namespace

void plan_hmdb51(const WorldOptions& options, WorldPlan& plan) {
  std::vector<std::string> lists(kEventKindCount);
  plan_clips("hmdb51", options, plan, [&](const ActionClip& clip) {
    const std::string folder = with_underscores(clip.kind), file = concat(folder, "_", digits(clip.index, 4), ".avi");
    lists[static_cast<std::size_t>(clip.kind)] += concat(file, clip.split == Split::kTrain ? " 1 \n" : " 2 \n");
    return concat("videos/", folder, "/", file);
  });
  for (std::size_t kind = 0; kind < lists.size(); ++kind) {
    const std::string name = with_underscores(static_cast<EventKind>(kind));
    plan.texts.push_back({concat("eval/hmdb51/splits/", name, "_test_split1.txt"), std::move(lists[kind])});
  }
  add_class_texts("hmdb51", plan);
}

void plan_ucf101(const WorldOptions& options, WorldPlan& plan) {
  std::string classes, train, test;
  for (int kind = 0; kind < kEventKindCount; ++kind) {
    classes += concat(kind + 1, " ", in_camel_case(static_cast<EventKind>(kind)), "\n");
  }
  plan_clips("ucf101", options, plan, [&](const ActionClip& clip) {
    const std::string name = in_camel_case(clip.kind);
    const std::string path =
        concat(name, "/v_", name, "_g", digits(1 + clip.index / 5, 2), "_c", digits(1 + clip.index % 5, 2), ".avi");
    if (clip.split == Split::kTrain) {
      train += concat(path, " ", 1 + static_cast<int>(clip.kind), "\n");
    } else {
      test += path + "\n";
    }
    return "videos/" + path;
  });
  plan.texts.push_back({"eval/ucf101/classInd.txt", std::move(classes)});
  plan.texts.push_back({"eval/ucf101/trainlist01.txt", std::move(train)});
  plan.texts.push_back({"eval/ucf101/testlist01.txt", std::move(test)});
  add_class_texts("ucf101", plan);
}

void plan_k400(const WorldOptions& options, WorldPlan& plan) {
  const std::string header = "label,youtube_id,time_start,time_end,split\n";
  std::string train = header, val = header;
  plan_clips("k400", options, plan, [&](const ActionClip& clip) {
    // As long as the real ones: 11 characters.
    const std::string id = concat("world", digits(static_cast<int>(clip.kind), 2), digits(clip.index, 4));
    const bool is_train = clip.split == Split::kTrain;
    (is_train ? train : val) += concat(name_of(clip.kind), ",", id, ",0,3,", is_train ? "train" : "validate", "\n");
    return concat(is_train ? "train/" : "val/", id, "_000000_000003.mp4");
  });
  Json ids;
  for (int kind = 0; kind < kEventKindCount; ++kind) ids[std::string(name_of(static_cast<EventKind>(kind)))] = kind;
  plan.texts.push_back({"eval/k400/train.csv", std::move(train)});
  plan.texts.push_back({"eval/k400/val.csv", std::move(val)});
  plan.texts.push_back({"eval/k400/label2id.json", ids.dump(2) + "\n"});
  add_class_texts("k400", plan);
}

}  // namespace tvts::world
