// Multiple choice: one JSON object a video, with its options and the number of the right one.
#include <algorithm>

#include "tvts/core/error.h"
#include "tvts/evaluate/benchmarks/forms.h"
#include "tvts/evaluate/benchmarks/item_builders.h"

namespace tvts {
namespace {

std::vector<std::string> options_of(const Json& object, const std::string& where) {
  const auto list = object.find("options");
  if (list == object.end() || !list->is_array() || list->size() < 2) {
    fail_input(where, ": found no list \"options\" of two or more");
  }
  std::vector<std::string> options;
  for (const Json& option : *list) {
    if (!option.is_string() || is_blank(option.get<std::string>())) {
      fail_input(where, ": found an option that is no text or an empty one");
    }
    options.push_back(option.get<std::string>());
  }
  return options;
}

// The number from 0, or the right option's text.
std::size_t answer_of(const Json& object, const std::vector<std::string>& options, const std::string& where) {
  const auto answer = object.find("answer");
  if (answer != object.end() && answer->is_number_unsigned()) return answer->get<std::size_t>();
  if (answer != object.end() && answer->is_string()) {
    const auto found = std::ranges::find(options, answer->get<std::string>());
    if (found != options.end()) return static_cast<std::size_t>(found - options.begin());
  }
  fail_input(where, ": found no \"answer\" that is a number of an option, from 0, or its text");
}

}  // namespace

void read_choices(const FormInput& input, Benchmark& benchmark, const std::string& name_field) {
  AnswerBuilder builder(benchmark, input.videos);
  for_each_json_line(input.annotation, [&](const Json& object, const std::string& where) {
    std::vector<std::string> options = options_of(object, where);
    if (!benchmark.options.empty() && benchmark.options.front().size() != options.size()) {
      fail_input(where, ": found ", options.size(), " options, expected ", benchmark.options.front().size(),
                 " as in the lines before");
    }
    builder.add(where, text_of(object, name_field.c_str(), where), answer_of(object, options, where), options.size());
    benchmark.options.push_back(std::move(options));
  });
}

std::vector<AnnotationForm> ssv2_mc_forms() {
  const auto read = [](const FormInput& input, Benchmark& benchmark) { read_choices(input, benchmark, "clip_name"); };
  return {{"choices-jsonl", {AnnotationShape::kJsonLines}, "\"options\"", {"ssv2_mc.jsonl", "*.jsonl"}, read},
          {"ssv2-official",
           {AnnotationShape::kJsonList},
           "\"template\"",
           {"*-validation.json", "validation.json"},
           read_ssv2_official}};
}

}  // namespace tvts
