#include "tvts/benchmarks/open_benchmark.h"

#include <fnmatch.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "tvts/benchmarks/forms.h"
#include "tvts/core/error.h"

namespace tvts {
namespace {

namespace fs = std::filesystem;

constexpr char kPaperTemplate[] = "a person {}";  // section 4.1

struct DataSet {
  std::string name, title;
  BenchmarkTask task;
  std::vector<std::string> video_folders;  // below the data folder
};

const std::vector<DataSet>& data_sets() {
  using enum BenchmarkTask;
  static const std::vector<DataSet> all = {
      {"msrvtt", "MSR-VTT", kRetrieval, {"videos/all", "videos", "", "MSRVTT/videos/all"}},
      {"didemo", "DiDeMo", kRetrieval, {"", "videos"}},
      {"lsmdc", "LSMDC", kRetrieval, {"", "videos", "clips"}},
      {"webvid", "WebVid", kRetrieval, {"val", "videos", "train", "videos/val", ""}},
      {"hmdb51", "HMDB-51", kActions, {"videos", "", "hmdb51_org"}},
      {"ucf101", "UCF-101", kActions, {"videos", "", "UCF-101"}},
      {"k400", "Kinetics-400", kActions, {"val", "videos", "videos_val", ""}},
      {"ssv2-mc", "SSV2-MC", kChoice, {"videos", "", "20bn-something-something-v2"}},
      {"retrieval", "retrieval", kRetrieval, {"", "videos"}},
      {"actions", "actions", kActions, {"", "videos"}},
      {"mc", "multiple choice", kChoice, {"", "videos"}},
  };
  return all;
}

const DataSet& data_set(const std::string& name) {
  const auto found = std::ranges::find(data_sets(), name, &DataSet::name);
  if (found == data_sets().end())
    fail_usage("'", name,
               "' is no benchmark; expected one of msrvtt, didemo, lsmdc, webvid, "
               "hmdb51, ucf101, k400, ssv2-mc, retrieval, actions, mc");
  return *found;
}

std::vector<Form> forms_of(const DataSet& set, const BenchmarkOptions& options) {
  if (set.name == "msrvtt") return msrvtt_forms();
  if (set.name == "didemo") return didemo_forms();
  if (set.name == "lsmdc") return lsmdc_forms();
  if (set.name == "webvid") return webvid_forms();
  if (set.name == "hmdb51") return hmdb51_forms(options.split, options.part);
  if (set.name == "ucf101") return ucf101_forms(options.split, options.part);
  if (set.name == "k400") return k400_forms(options.part);
  if (set.name == "ssv2-mc") return ssv2_mc_forms();
  return own_forms(set.task);
}

// Where annotations lie in the data sets' own archives and in the copies that are handed on.
std::vector<std::string> annotation_folders(const std::string& data) {
  std::vector<std::string> folders = {data};
  for (const char* name : {"annotation", "annotations", "splits", "metadata", "labels", "structured-symlinks",
                           "high-quality/structured-symlinks", "ucfTrainTestlist", "testTrainMulti_7030_splits"}) {
    std::string folder = data + "/" + name;
    std::error_code error;
    if (fs::is_directory(folder, error)) folders.push_back(std::move(folder));
  }
  return folders;
}

std::vector<std::string> matches(const std::string& folder, const std::string& pattern) {
  std::vector<std::string> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().native();
    if (fnmatch(pattern.c_str(), name.c_str(), FNM_PERIOD) == 0 && entry.is_regular_file(error)) {
      found.push_back(folder + "/" + name);
    }
  }
  std::ranges::sort(found);
  return found;
}

bool fits(const Form& form, const Annotation& file) {
  if (std::ranges::find(form.shapes, file.shape) == form.shapes.end()) return false;
  return form.marker.empty() || file.text.find(form.marker) != std::string::npos;
}

[[noreturn]] void fail_several(const std::vector<std::string>& files) {
  std::string names;
  for (const std::string& file : files) names += (names.empty() ? "" : ", ") + fs::path(file).filename().string();
  fail_input(fs::path(files.front()).parent_path().string(), ": found ", files.size(),
             " files that may hold the annotations (", names.substr(0, 300), "); say which one with --annotations");
}

struct Choice {
  Form form;
  Annotation file;
};

std::optional<Choice> look_for(const Form& form, const std::vector<std::string>& folders) {
  const bool is_folder = form.shapes.front() == AnnotationShape::kFolder;
  for (const std::string& pattern : form.patterns) {
    for (const std::string& folder : folders) {
      std::vector<std::string> files = matches(folder, pattern);
      if (is_folder && !files.empty()) return Choice{form, {.path = folder, .shape = AnnotationShape::kFolder}};
      std::vector<Annotation> fitting;
      for (const std::string& path : files) {
        if (Annotation file = read_annotation(path); fits(form, file)) fitting.push_back(std::move(file));
      }
      if (fitting.size() > 1) {
        std::erase_if(files, [&](const std::string& path) {
          return std::ranges::find(fitting, path, &Annotation::path) == fitting.end();
        });
        fail_several(files);
      }
      if (!fitting.empty()) return Choice{form, std::move(fitting.front())};
    }
  }
  return std::nullopt;
}

std::string names_of(const std::vector<Form>& forms) {
  std::string names;
  for (const Form& form : forms) names += (names.empty() ? "" : ", ") + form.name;
  return names;
}

std::string patterns_of(const std::vector<Form>& forms) {
  std::string names;
  for (const Form& form : forms) {
    for (const std::string& pattern : form.patterns) names += (names.empty() ? "" : ", ") + pattern;
  }
  return names;
}

// Folders of classes are known by what is in them, not by a file.
std::optional<Choice> look_for_class_folders(const std::vector<Form>& forms, const std::string& data) {
  const auto form = std::ranges::find(forms, "class-folders", &Form::name);
  if (form == forms.end()) return std::nullopt;
  for (const char* name : {"/val", "/videos_val", ""}) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(data + name, error)) {
      if (entry.is_directory(error)) return Choice{*form, {.path = data + name, .shape = AnnotationShape::kFolder}};
    }
  }
  return std::nullopt;
}

Choice choose(const DataSet& set, const BenchmarkOptions& options, const std::vector<std::string>& folders) {
  std::vector<Form> forms = forms_of(set, options);
  const std::string all_names = names_of(forms);
  if (!options.form.empty()) {
    std::erase_if(forms, [&](const Form& form) { return form.name != options.form; });
    if (forms.empty()) fail_usage("'", options.form, "' is no form of ", set.name, "; expected one of ", all_names);
  }
  if (!options.annotations.empty()) {
    Annotation file = read_annotation(options.annotations);
    if (!options.form.empty()) return {forms.front(), std::move(file)};
    const auto found = std::ranges::find_if(forms, [&](const Form& form) { return fits(form, file); });
    if (found == forms.end())
      fail_input(options.annotations, ": found none of the forms of ", set.name, " (", all_names,
                 "); say which it is with --form");
    return {*found, std::move(file)};
  }
  for (const Form& form : forms) {
    if (auto choice = look_for(form, folders)) return std::move(*choice);
  }
  if (auto choice = look_for_class_folders(forms, options.data)) return std::move(*choice);
  fail_input(options.data, ": found no annotations of ", set.title, "; looked for ", patterns_of(forms),
             " there and in its usual folders; say where they are with --annotations");
}

std::vector<std::string> video_folders(const DataSet& set, const BenchmarkOptions& options) {
  if (!options.videos.empty()) return {options.videos};
  std::vector<std::string> folders;
  for (std::string folder : set.video_folders) {
    if (set.name == "k400" && options.part == BenchmarkPart::kTrain && folder.ends_with("val")) {
      folder = folder == "val" ? "train" : "videos_train";
    }
    folders.push_back(folder.empty() ? options.data : options.data + "/" + folder);
  }
  return folders;
}

// template.txt beside the annotations, one a line; else the paper's.
std::vector<std::string> templates_of(const FormInput& input, Benchmark& benchmark) {
  const std::string path = find_beside(input.folders, {"template.txt", "templates.txt"});
  if (path.empty()) return {kPaperTemplate};
  benchmark.files.push_back(path);
  std::vector<std::string> templates;
  for_each_line(read_annotation(path), [&](const std::string& line, const std::string&) { templates.push_back(line); });
  return templates;
}

// --data may be the table itself.
BenchmarkOptions with_folder(BenchmarkOptions options) {
  std::error_code error;
  if (fs::is_regular_file(options.data, error)) {
    if (options.annotations.empty()) options.annotations = options.data;
    const fs::path folder = fs::path(options.data).parent_path();
    options.data = folder.empty() ? "." : folder.string();
  } else if (!fs::is_directory(options.data, error)) {
    fail_input(options.data, ": found no such folder; expected the data set's");
  }
  return options;
}

}  // namespace

FirstRow first_row_named(const std::string& name) {
  if (name == "auto") return FirstRow::kAuto;
  if (name == "header") return FirstRow::kHeader;
  if (name == "data") return FirstRow::kData;
  fail_usage("the first row is '", name, "'; expected auto, header or data");
}

const std::vector<std::string>& benchmark_names() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const DataSet& set : data_sets()) all.push_back(set.name);
    return all;
  }();
  return names;
}

std::string benchmark_title(const std::string& name) { return data_set(name).title; }

std::string find_beside(const std::vector<std::string>& folders, const std::vector<std::string>& patterns) {
  for (const std::string& pattern : patterns) {
    for (const std::string& folder : folders) {
      const std::vector<std::string> found = matches(folder, pattern);
      if (found.size() > 1) fail_several(found);
      if (!found.empty()) return found.front();
    }
  }
  return "";
}

Benchmark open_benchmark(const std::string& name, const BenchmarkOptions& asked) {
  const DataSet& set = data_set(name);
  if (asked.split < 1 || asked.split > 3) fail_usage("the split is ", asked.split, "; expected 1, 2 or 3");
  const BenchmarkOptions options = with_folder(asked);
  const VideoFiles videos(video_folders(set, options));
  std::vector<std::string> folders = annotation_folders(options.data);
  const Choice choice = choose(set, options, folders);
  // What lies beside the annotations comes first.
  const fs::path beside = choice.file.shape == AnnotationShape::kFolder ? fs::path(choice.file.path)
                                                                        : fs::path(choice.file.path).parent_path();
  folders.insert(folders.begin(), beside.empty() ? "." : beside.string());

  Benchmark benchmark = {.name = name, .task = set.task, .form = choice.form.name};
  if (choice.file.shape != AnnotationShape::kFolder) benchmark.files.push_back(choice.file.path);
  const FormInput input = {options, choice.file, videos, folders};
  choice.form.read(input, benchmark);
  if (benchmark.videos.empty()) fail_input(choice.file.path, ": found no video");
  if (set.task == BenchmarkTask::kActions) benchmark.templates = templates_of(input, benchmark);
  return benchmark;
}

}  // namespace tvts
