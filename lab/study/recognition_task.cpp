#include "lab/study/recognition_task.h"

#include <algorithm>

#include "tvts/core/error.h"
#include "tvts/metrics/accuracy.h"

namespace tvts {
namespace {

constexpr std::string_view kMoves = "moving ";  // how the classes of directions begin

// The class names that take part, and the clips that show one of them.
struct Part {
  std::vector<int64_t> classes, clips;
  std::vector<std::size_t> answer;  // [clips], into `classes`
};

template <class Takes>
Part part_of(const ActionTest& test, Takes takes) {
  Part part;
  for (std::size_t i = 0; i < test.classes.size(); ++i) {
    if (takes(test.classes[i])) part.classes.push_back(static_cast<int64_t>(i));
  }
  for (std::size_t i = 0; i < test.paths.size(); ++i) {
    const auto found = std::ranges::find(part.classes, static_cast<int64_t>(test.answer[i]));
    if (found == part.classes.end()) continue;
    part.clips.push_back(static_cast<int64_t>(i));
    part.answer.push_back(static_cast<std::size_t>(found - part.classes.begin()));
  }
  return part;
}

// The class in place of {} in the sentence.
std::vector<std::string> sentences(const ActionTest& test) {
  std::vector<std::string> texts;
  const std::size_t position = test.sentence.find("{}");
  for (const std::string& name : test.classes) {
    texts.push_back(position == std::string::npos ? name : std::string(test.sentence).replace(position, 2, name));
  }
  return texts;
}

std::vector<double> values_of(const Part& part, const at::Tensor& videos, const at::Tensor& classes) {
  const std::vector<float> scores = scores_of(videos.index_select(0, at::tensor(part.clips, at::kLong)),
                                              classes.index_select(0, at::tensor(part.classes, at::kLong)));
  std::vector<double> values = top_k_credits(scores, part.answer, part.classes.size(), 1);
  for (double& value : values) value *= 100;
  return values;
}

}  // namespace

std::vector<TaskResult> recognition_tasks(const ActionTest& test, Systems& systems) {
  const std::vector<at::Tensor> videos = systems.videos(test.paths), classes = systems.texts(sentences(test));
  const std::vector<std::string> names = systems.names();
  const Part parts[] = {part_of(test, [](const std::string&) { return true; }),
                        part_of(test, [](const std::string& name) { return name.starts_with(kMoves); })};
  std::vector<TaskResult> tasks = {{.key = "kinds", .title = "kind of motion"},
                                   {.key = "directions", .title = "direction of motion"}};
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    if (parts[i].clips.empty()) continue;
    tasks[i].title += concat(", ", parts[i].classes.size(), " classes");
    tasks[i].chance = 100.0 / static_cast<double>(parts[i].classes.size());
    for (const int64_t clip : parts[i].clips) tasks[i].items.push_back(test.paths[static_cast<std::size_t>(clip)]);
    for (std::size_t system = 0; system < names.size(); ++system) {
      tasks[i].systems.push_back({names[system], values_of(parts[i], videos[system], classes[system])});
    }
  }
  std::erase_if(tasks, [](const TaskResult& task) { return task.items.empty(); });
  return tasks;
}

}  // namespace tvts
