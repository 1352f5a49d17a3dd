#include "tvts/evaluate/benchmarks/open_benchmark.h"

#include <algorithm>
#include <filesystem>

#include "tvts/core/error.h"
#include "tvts/evaluate/benchmarks/find_annotations.h"
#include "tvts/evaluate/benchmarks/found_videos.h"

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
      {"msrvtt",
       "MSR-VTT",
       kRetrieval,
       {"videos/all", "videos", "", "MSRVTT/videos/all", "TrainValVideo", "TestVideo"}},
      {"didemo", "DiDeMo", kRetrieval, {"", "videos", "videos/test", "test"}},
      {"lsmdc", "LSMDC", kRetrieval, {"", "videos", "clips"}},
      {"webvid", "WebVid", kRetrieval, {"val", "videos", "train", "videos/val", ""}},
      {"hmdb51", "HMDB-51", kActions, {"videos", "", "hmdb51_org", "hmdb51"}},
      {"ucf101", "UCF-101", kActions, {"videos", "", "UCF-101", "UCF101"}},
      {"k400", "Kinetics-400", kActions, {"val", "videos", "videos_val", "videos/val", "val_256", ""}},
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

std::vector<AnnotationForm> forms_of(const DataSet& set, const BenchmarkOptions& options) {
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

bool is_own(const DataSet& set) { return set.name == "retrieval" || set.name == "actions" || set.name == "mc"; }

std::vector<std::string> video_folders(const DataSet& set, const BenchmarkOptions& options) {
  if (!options.videos.empty()) return {options.videos};
  std::vector<std::string> folders;
  for (std::string folder : set.video_folders) {
    if (const std::size_t val = folder.rfind("val"); set.name == "k400" && options.part == BenchmarkPart::kTrain) {
      if (val != std::string::npos) folder.replace(val, 3, "train");
    }
    folders.push_back(folder.empty() ? options.data : options.data + "/" + folder);
  }
  if (is_own(set)) folders.emplace_back();  // the current folder
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
BenchmarkOptions with_folder(BenchmarkOptions options, bool is_own_table) {
  std::error_code error;
  if (fs::is_regular_file(options.data, error)) {
    if (options.annotations.empty()) options.annotations = options.data;
    const fs::path folder = fs::path(options.data).parent_path();
    options.data = folder.empty() ? "." : folder.string();
  } else if (!fs::is_directory(options.data, error)) {
    fail_input(options.data, ": found no such ",
               is_own_table ? "table; expected yours, or a folder that holds it" : "folder; expected the data set's");
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

Benchmark open_benchmark(const std::string& name, const BenchmarkOptions& asked) {
  const DataSet& set = data_set(name);
  if (asked.split < 1 || asked.split > 3) fail_usage("the split is ", asked.split, "; expected 1, 2 or 3");
  const BenchmarkOptions options = with_folder(asked, is_own(set));
  VideoFiles videos(video_folders(set, options), is_own(set) ? VideoNames::kArePaths : VideoNames::kAreNames);
  std::vector<std::string> folders = annotation_folders(options.data);
  const ChosenForm choice = choose_form(name, forms_of(set, options), options, folders);
  // Files beside the annotations come first.
  const fs::path beside = choice.file.shape == AnnotationShape::kFolder ? fs::path(choice.file.path)
                                                                        : fs::path(choice.file.path).parent_path();
  folders.insert(folders.begin(), beside.empty() ? "." : beside.string());

  Benchmark benchmark = {.name = name, .task = set.task, .form = choice.form.name};
  if (choice.file.shape != AnnotationShape::kFolder) benchmark.files.push_back(choice.file.path);
  const FormInput input = {options, choice.file, videos, folders};
  choice.form.read(input, benchmark);
  if (benchmark.videos.empty()) fail_input(choice.file.path, ": found no video");
  if (set.task == BenchmarkTask::kActions) benchmark.templates = templates_of(input, benchmark);
  refuse_shared_files(benchmark);
  warn_of_other_parts(benchmark);
  warn_of_near_classes(benchmark);
  warn_of_empty_classes(benchmark);
  return benchmark;
}

}  // namespace tvts
