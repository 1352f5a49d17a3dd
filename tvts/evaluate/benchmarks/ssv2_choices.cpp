// SSV2-MC out of Something-Something's own files, as the paper's appendix describes it: for each video the right
// description and one description of each other class, drawn.
#include <algorithm>
#include <map>

#include "tvts/core/error.h"
#include "tvts/core/random.h"
#include "tvts/evaluate/benchmarks/class_names.h"
#include "tvts/evaluate/benchmarks/forms.h"
#include "tvts/evaluate/benchmarks/item_builders.h"

namespace tvts {
namespace {

constexpr std::size_t kMostClasses = 1000;  // the data set has 174

struct Entry {
  std::string where, id, description;
  std::size_t label = 0;
};

// "Spinning [something]" is the class "Spinning something".
std::string class_name(std::string sentence) {
  std::erase_if(sentence, [](char c) { return c == '[' || c == ']'; });
  return sentence;
}

std::vector<Entry> read_entries(const FormInput& input, const ClassNames& classes) {
  std::vector<Entry> entries;
  for_each_entry(input.annotation, [&](const Json& object, const std::string& where) {
    const std::string sentence = class_name(text_of(object, "template", where));
    const auto label = classes.number_of(sentence);
    if (!label) fail_input(where, ": found the template '", sentence, "', which is no class of the labels file");
    // Without descriptions of their own the videos of a class share its name.
    std::string description = object.contains("label") ? text_of(object, "label", where) : sentence;
    if (is_blank(description)) fail_input(where, ": found an empty label");
    entries.push_back({where, text_of(object, "id", where), std::move(description), *label});
  });
  return entries;
}

}  // namespace

void read_ssv2_official(const FormInput& input, Benchmark& benchmark) {
  const std::string labels = input.options.classes.empty()
                                 ? find_beside(input.folders, {"*-labels.json", "labels.json"})
                                 : input.options.classes;
  if (labels.empty()) fail_input(input.annotation.path, ": found no file of labels (...-labels.json) near it");
  benchmark.files.push_back(labels);
  const ClassNames classes = ClassNames::read(labels);
  const std::vector<Entry> entries = read_entries(input, classes);
  if (classes.names().size() > kMostClasses) {
    fail_input(labels, ": found ", classes.names().size(), " classes, expected at most ", kMostClasses,
               ", since each video gets an option of each");
  }
  std::map<std::size_t, std::vector<const Entry*>> of_class;
  for (const Entry& entry : entries) of_class[entry.label].push_back(&entry);
  AnswerBuilder builder(benchmark, input.videos);
  for (const Entry& entry : entries) {
    RandomStream random(input.options.seed, "ssv2-mc/" + entry.id);
    std::vector<std::string> options;
    std::size_t answer = 0;
    for (const auto& [label, others] : of_class) {
      if (label == entry.label) answer = options.size();
      options.push_back(label == entry.label ? entry.description : others[random.below(others.size())]->description);
    }
    if (options.size() < 2) fail_input(input.annotation.path, ": found videos of one class, expected several");
    builder.add(entry.where, entry.id + ".webm", answer, options.size());
    benchmark.options.push_back(std::move(options));
  }
}

}  // namespace tvts
