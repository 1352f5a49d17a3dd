#include "lab/study/retrieval_task.h"

#include <algorithm>
#include <numeric>

#include "tvts/core/error.h"
#include "tvts/metrics/accuracy.h"
#include "tvts/metrics/retrieval_metrics.h"

namespace tvts {
namespace {

constexpr std::size_t kRecalls[] = {1, 5, 10};

struct CaptionSet {
  std::string key, title;
  std::string CaptionedClip::*caption;
};

template <class Field>
auto column(const std::vector<CaptionedClip>& clips, Field field) {
  std::vector<std::decay_t<decltype(clips.front().*field)>> values;
  for (const CaptionedClip& clip : clips) values.push_back(clip.*field);
  return values;
}

// 100 for a hit; where equal scores share the last ranks, their share of it.
std::vector<double> hits(std::span<const float> scores, std::size_t n, std::size_t k) {
  std::vector<std::size_t> right(n);
  std::iota(right.begin(), right.end(), 0);
  std::vector<double> values = top_k_credits(scores, right, n, k);
  for (double& value : values) value *= 100;
  return values;
}

// Of each text with its own clip.
std::vector<double> matched(std::span<const float> scores, std::size_t n) {
  std::vector<double> values;
  for (std::size_t i = 0; i < n; ++i) values.push_back(scores[i * n + i]);
  return values;
}

// The tasks of one set of captions, without values.
std::vector<TaskResult> empty_tasks(const std::vector<CaptionedClip>& clips, const CaptionSet& captions) {
  const std::vector<std::size_t> meanings = column(clips, &CaptionedClip::meaning);
  const auto n = static_cast<double>(clips.size());
  std::vector<TaskResult> tasks;
  for (const std::size_t k : kRecalls) {
    tasks.push_back({.key = concat(captions.key, "_r", k),
                     .title = concat("R@", k, ", ", captions.title),
                     .chance = std::min(100.0, 100 * static_cast<double>(k) / n),
                     .ceiling = expected_ceiling(meanings, k)});
  }
  tasks.push_back({.key = captions.key + "_rank",
                   .title = "median rank, " + captions.title,
                   .unit = Unit::kRank,
                   .chance = (n + 1) / 2});
  tasks.push_back(
      {.key = captions.key + "_mms", .title = "matched similarity, " + captions.title, .unit = Unit::kCosine});
  for (TaskResult& task : tasks) task.items = column(clips, captions.caption);
  return tasks;
}

}  // namespace

std::vector<double> shared_ranks(std::span<const float> scores, std::size_t n) {
  return retrieval_ranks(scores, captions_in_order(n), n, TieRule::kMean).t2v;
}

std::vector<TaskResult> retrieval_tasks(const std::vector<CaptionedClip>& clips, Systems& systems) {
  const CaptionSet sets[] = {{"t2v_query", "query captions", &CaptionedClip::query},
                             {"t2v_alt", "alt-text", &CaptionedClip::alt}};
  const std::vector<at::Tensor> videos = systems.videos(column(clips, &CaptionedClip::path));
  const std::vector<std::string> names = systems.names();
  std::vector<TaskResult> all;
  for (const CaptionSet& set : sets) {
    std::vector<TaskResult> tasks = empty_tasks(clips, set);
    const std::vector<at::Tensor> texts = systems.texts(column(clips, set.caption));
    for (std::size_t system = 0; system < names.size(); ++system) {
      const std::vector<float> scores = scores_of(texts[system], videos[system]);
      for (std::size_t i = 0; i < std::size(kRecalls); ++i) {
        tasks[i].systems.push_back({names[system], hits(scores, clips.size(), kRecalls[i])});
      }
      tasks[std::size(kRecalls)].systems.push_back({names[system], shared_ranks(scores, clips.size())});
      tasks.back().systems.push_back({names[system], matched(scores, clips.size())});
    }
    std::ranges::move(tasks, std::back_inserter(all));
  }
  return all;
}

}  // namespace tvts
