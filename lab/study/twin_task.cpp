#include "lab/study/twin_task.h"

#include <set>

#include "tvts/core/error.h"
#include "tvts/metrics/accuracy.h"

namespace tvts {
namespace {

using Field = std::string (TwinClips::*)[2];

struct CaptionSet {
  std::string key, title;
  Field caption;
};

// Both of the first pair of this kind, both of the second, ...
std::vector<std::string> both(const std::vector<TwinClips>& twins, const std::string& kind, Field field) {
  std::vector<std::string> values;
  for (const TwinClips& pair : twins) {
    if (pair.kind == kind) values.insert(values.end(), {(pair.*field)[0], (pair.*field)[1]});
  }
  return values;
}

std::vector<std::string> names_of_pairs(const std::vector<std::string>& captions) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < captions.size(); i += 2) names.push_back(captions[i] + " / " + captions[i + 1]);
  return names;
}

}  // namespace

std::vector<double> pair_values(const at::Tensor& videos, const at::Tensor& texts) {
  TVTS_ASSERT(videos.size(0) == texts.size(0) && videos.size(0) % 2 == 0);
  std::vector<double> values;
  for (int64_t first = 0; first < videos.size(0); first += 2) {
    const std::vector<float> scores = scores_of(videos.narrow(0, first, 2), texts.narrow(0, first, 2));
    const std::size_t right[] = {0, 1};
    const std::vector<double> credits = top_k_credits(scores, right, 2, 1);
    values.push_back(50 * (credits[0] + credits[1]));
  }
  return values;
}

std::vector<TaskResult> twin_tasks(const std::vector<TwinClips>& twins, Systems& systems) {
  const CaptionSet sets[] = {{"", "", &TwinClips::query}, {"_alt", ", alt-text", &TwinClips::alt}};
  std::set<std::string> kinds;
  for (const TwinClips& pair : twins) kinds.insert(pair.kind);
  const std::vector<std::string> names = systems.names();
  std::vector<TaskResult> tasks;
  for (const std::string& kind : kinds) {
    const std::vector<at::Tensor> videos = systems.videos(both(twins, kind, &TwinClips::path));
    for (const CaptionSet& set : sets) {
      const std::vector<std::string> captions = both(twins, kind, set.caption);
      const std::vector<at::Tensor> texts = systems.texts(captions);
      TaskResult task = {.key = concat("twins_", kind, set.key),
                         .title = concat("twins that differ in ", kind, set.title),
                         .chance = 50,
                         .items = names_of_pairs(captions)};
      for (std::size_t system = 0; system < names.size(); ++system) {
        task.systems.push_back({names[system], pair_values(videos[system], texts[system])});
      }
      tasks.push_back(std::move(task));
    }
  }
  return tasks;
}

}  // namespace tvts
