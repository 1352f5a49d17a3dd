// The forms of HMDB-51, UCF-101 and Kinetics-400.
#include <algorithm>
#include <cstdio>
#include <optional>
#include <set>
#include <utility>

#include "tvts/core/error.h"
#include "tvts/evaluate/benchmarks/class_names.h"
#include "tvts/evaluate/benchmarks/forms.h"
#include "tvts/evaluate/benchmarks/item_builders.h"
#include "tvts/evaluate/benchmarks/path_label.h"
#include "tvts/media/inputs/folder_entries.h"
#include "tvts/media/inputs/media_names.h"

namespace tvts {
namespace {

// The given file of class names, or one of the usual names.
std::optional<ClassNames> stated_classes(const FormInput& input, Benchmark& benchmark) {
  const std::vector<std::string> usual = {"label2id.json", "classes.txt", "classInd.txt", "*label_map*.txt"};
  const std::string path = input.options.classes.empty() ? find_beside(input.folders, usual) : input.options.classes;
  if (path.empty()) return std::nullopt;
  benchmark.files.push_back(path);
  return ClassNames::read(path);
}

ClassNames classes_or(std::optional<ClassNames> stated, const std::set<std::string>& found, const std::string& source) {
  if (stated) return std::move(*stated);
  return {{found.begin(), found.end()}, source};
}

void set_classes(Benchmark& benchmark, const ClassNames& classes) {
  for (const std::string& name : classes.names()) benchmark.classes.push_back(in_words(name));
}

std::size_t class_of(const ClassNames& classes, const std::string& name, const std::string& where) {
  const auto number = classes.number_of(name);
  if (!number) fail_input(where, ": found the class '", name, "', which is ", classes.no_class(name));
  return *number;
}

bool looks_like_header(const PathAndLabel& line) {
  return !is_whole_number(line.label) && !is_media(kind_of_name(line.path));
}

using NameFromPath = VideoName (*)(const std::string& path);

VideoName plain_name(const std::string& path) { return path; }

// "CLASS/ID_000010_000020.mp4" is a part of the YouTube video ID.
VideoName kinetics_name(const std::string& path) {
  constexpr std::size_t kIdLength = 11;
  const auto timed = timed_stem(stem_of_name(base_name(path)));
  return {path, "", timed && timed->id.size() == kIdLength ? timed->id : ""};
}

// Path and number of the class, counted from `first`.
AnnotationForm path_label_list(std::vector<std::string> patterns, std::size_t first,
                               NameFromPath name_of = plain_name) {
  const auto read = [first, name_of](const FormInput& input, Benchmark& benchmark) {
    const auto classes = stated_classes(input, benchmark);
    if (!classes) {
      fail_input(input.annotation.path,
                 ": its labels are numbers, and no class names were found; expected label2id.json, "
                 "classes.txt or classInd.txt near it, or a file that --classes names");
    }
    set_classes(benchmark, *classes);
    AnswerBuilder builder(benchmark, input.videos);
    bool is_first = true;
    for_each_path(input.annotation, [&](const PathAndLabel& line, const std::string& where) {
      const FirstRow rule = std::exchange(is_first, false) ? input.options.first_row : FirstRow::kData;
      if (rule == FirstRow::kHeader || (rule == FirstRow::kAuto && looks_like_header(line))) return;
      builder.add(where, name_of(line.path), number_of(line.label, "label", where), benchmark.classes.size(), first);
    });
  };
  return {"path-label",
          {AnnotationShape::kTabs, AnnotationShape::kCommas, AnnotationShape::kPlain},
          "",
          std::move(patterns),
          read};
}

// "CLASS_test_split1.txt" is the list of a class; nothing: another name.
std::optional<std::string> class_of_list(const std::string& name, const std::string& end) {
  if (!name.ends_with(end)) return std::nullopt;
  return name.substr(0, name.size() - end.size());
}

std::string hmdb_list_end(int split) { return concat("_test_split", split, ".txt"); }

// A class with a list of any split is one: where that of this split is missing, the other classes are still as many.
std::set<std::string> hmdb_classes(const std::vector<FolderEntry>& entries) {
  std::set<std::string> names;
  for (const FolderEntry& entry : entries) {
    for (const int split : {1, 2, 3}) {
      if (auto name = class_of_list(entry.name, hmdb_list_end(split))) names.insert(std::move(*name));
    }
  }
  return names;
}

// "NAME.avi 2" is a test video, 1 one of training, 0 neither.
void read_hmdb_splits(const FormInput& input, Benchmark& benchmark, BenchmarkPart part) {
  const std::string& folder = input.annotation.path;
  const std::vector<FolderEntry> entries = folder_entries(folder);
  const ClassNames classes = classes_or(stated_classes(input, benchmark), hmdb_classes(entries), folder);
  set_classes(benchmark, classes);
  AnswerBuilder builder(benchmark, input.videos);
  const std::string wanted = part == BenchmarkPart::kTest ? "2" : "1";
  for (const FolderEntry& entry : entries) {
    const auto name = class_of_list(entry.name, hmdb_list_end(input.options.split));
    if (!name) continue;
    const std::string list = folder + "/" + entry.name;
    const std::size_t number = class_of(classes, *name, list);
    benchmark.files.push_back(list);
    for_each_path(read_annotation(list), [&](const PathAndLabel& line, const std::string& where) {
      if (line.label != "0" && line.label != "1" && line.label != "2") {
        fail_input(where, ": found '", line.label, "' after the name, expected 0, 1 or 2");
      }
      if (line.label == wanted) builder.add(where, concat(*name, "/", line.path), number, classes.names().size());
    });
  }
}

// CLASS/NAME.avi, in the training list with the class's number from 1.
void read_ucf_list(const FormInput& input, Benchmark& benchmark) {
  const std::string index =
      input.options.classes.empty() ? find_beside(input.folders, {"classInd.txt"}) : input.options.classes;
  if (index.empty()) fail_input(input.annotation.path, ": found no classInd.txt near it, which numbers the classes");
  benchmark.files.push_back(index);
  const ClassNames classes = ClassNames::read(index);
  set_classes(benchmark, classes);
  AnswerBuilder builder(benchmark, input.videos);
  for_each_path(input.annotation, [&](const PathAndLabel& line, const std::string& where) {
    const std::size_t slash = line.path.find('/');
    if (slash == std::string::npos) fail_input(where, ": found '", line.path, "', expected CLASS/NAME.avi");
    const std::size_t number = class_of(classes, line.path.substr(0, slash), where);
    if (!line.label.empty() && number_of(line.label, "label", where) != number + 1) {
      fail_input(where, ": found the label ", line.label, ", expected ", number + 1, " as in ", index);
    }
    builder.add(where, line.path, number, classes.names().size());
  });
}

std::string k400_file(const std::string& id, std::size_t start, std::size_t end) {
  char name[64];
  std::snprintf(name, sizeof name, "_%06zu_%06zu.mp4", start, end);
  return id + name;
}

// Whole seconds, which some copies write as 7.0.
std::size_t seconds_of(const std::string& text, const std::string& where) {
  return number_of(text.ends_with(".0") ? text.substr(0, text.size() - 2) : text, "time", where);
}

void read_k400_csv(const FormInput& input, Benchmark& benchmark) {
  std::set<std::string> names;
  const std::vector<std::string> columns = {"label", "youtube_id", "time_start", "time_end"};
  for_each_row(input.annotation, ',', columns, [&](const Fields& fields, const std::string& where) {
    if (is_blank(fields[0])) fail_input(where, ": found an empty label");
    names.insert(fields[0]);
  });
  const ClassNames classes = classes_or(stated_classes(input, benchmark), names, input.annotation.path);
  set_classes(benchmark, classes);
  AnswerBuilder builder(benchmark, input.videos);
  for_each_row(input.annotation, ',', columns, [&](const Fields& fields, const std::string& where) {
    const std::string file = k400_file(fields[1], seconds_of(fields[2], where), seconds_of(fields[3], where));
    builder.add(where, VideoName(file, fields[0], fields[1]), class_of(classes, fields[0], where),
                classes.names().size());
  });
}

// CLASS/VIDEO in a folder.
void read_class_folders(const FormInput& input, Benchmark& benchmark) {
  std::set<std::string> names;
  std::vector<std::pair<std::string, std::string>> videos;  // class, file
  for (const FolderEntry& entry : folder_entries(input.annotation.path)) {
    if (!entry.is_folder()) continue;
    for (const FolderEntry& file : folder_entries(input.annotation.path + "/" + entry.name)) {
      if (kind_of_name(file.name) == NameKind::kVideo) videos.emplace_back(entry.name, file.name);
    }
    if (!videos.empty() && videos.back().first == entry.name) names.insert(entry.name);
  }
  const ClassNames classes = classes_or(stated_classes(input, benchmark), names, input.annotation.path);
  set_classes(benchmark, classes);
  VideoFiles files({input.annotation.path}, VideoNames::kArePaths);
  AnswerBuilder builder(benchmark, files);
  for (const auto& [name, file] : videos) {
    const std::string path = concat(name, "/", file);
    builder.add(input.annotation.path, path, class_of(classes, name, path), classes.names().size());
  }
}

std::string part_name(BenchmarkPart part) { return part == BenchmarkPart::kTest ? "test" : "train"; }

}  // namespace

std::vector<AnnotationForm> hmdb51_forms(int split, BenchmarkPart part) {
  const std::string name = part_name(part);
  const auto read = [part](const FormInput& input, Benchmark& benchmark) { read_hmdb_splits(input, benchmark, part); };
  return {{"split-files", {AnnotationShape::kFolder}, "", {"*" + hmdb_list_end(split)}, read},
          path_label_list({concat("*", name, "*.tsv"), concat("*", name, "*.csv")}, 1)};
}

std::vector<AnnotationForm> ucf101_forms(int split, BenchmarkPart part) {
  const std::string name = part_name(part);
  return {{"ucf-lists", {AnnotationShape::kPlain}, "", {concat(name, "list0", split, ".txt")}, read_ucf_list},
          path_label_list({concat("*", name, "*.tsv"), concat("*", name, "*.csv")}, 1)};
}

std::vector<AnnotationForm> k400_forms(BenchmarkPart part) {
  const std::string name = part == BenchmarkPart::kTest ? "val" : "train";
  const auto is_named = [&](const char* before, const char* after) { return concat(before, name, after); };
  std::vector<std::string> csv = {is_named("", ".csv"), is_named("*", "*.csv")};
  if (part == BenchmarkPart::kTest) csv.insert(csv.begin() + 1, "validate.csv");
  return {{"kinetics-csv", {AnnotationShape::kCommas}, "youtube_id", csv, read_k400_csv},
          path_label_list(
              {is_named("*", "*.tsv"), is_named("*", "*list*.txt"), is_named("", ".txt"), is_named("*", "*.csv")}, 0,
              kinetics_name),
          {"class-folders", {AnnotationShape::kFolder}, "", {}, read_class_folders}};
}

}  // namespace tvts
