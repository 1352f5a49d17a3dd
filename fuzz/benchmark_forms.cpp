// The annotations of every benchmark in every form. The first byte chooses the form; the rest is its file, and what it
// needs beside it behind lines that are "--".
#include <filesystem>
#include <set>

#include "fuzz/support/input_file.h"
#include "fuzz/support/target.h"
#include "fuzz/support/text.h"
#include "tvts/core/error.h"
#include "tvts/evaluate/benchmarks/open_benchmark.h"

namespace tvts::fuzz {
namespace {

struct FormCase {
  std::string benchmark, form;
  std::string file;                 // the annotations
  std::vector<std::string> beside;  // more files, in the order of the input's parts
};

const std::vector<FormCase>& form_cases() {
  static const std::vector<FormCase> cases = {
      {"msrvtt", "jsfusion-csv", "t.csv", {}},
      {"msrvtt", "msrvtt-json", "MSR_VTT.json", {"val_list_jsfusion.txt", "jsfusion_val_caption_idx.pkl"}},
      {"msrvtt", "msrvtt-json", "MSR_VTT.json", {"val_list_jsfusion.txt", "jsfusion_val_caption_idx.json"}},
      {"msrvtt", "captions-json", "t.json", {}},
      {"msrvtt", "video-caption-json", "t.json", {}},
      {"didemo", "caption-path-tsv", "t.tsv", {}},
      {"didemo", "didemo-json", "t.json", {"test_list.txt"}},
      {"lsmdc", "lsmdc-tsv", "t.csv", {}},
      {"webvid", "webvid-csv", "t.csv", {}},
      {"webvid", "webvid-tsv", "t.tsv", {}},
      {"hmdb51", "split-files", "run_test_split1.txt", {"wave_test_split1.txt", "classes.txt"}},
      {"hmdb51", "path-label", "t.tsv", {"classes.txt", "template.txt"}},
      {"ucf101", "ucf-lists", "t.txt", {"classInd.txt"}},
      {"k400", "kinetics-csv", "t.csv", {}},
      {"k400", "path-label", "t.csv", {"label2id.json"}},
      {"ssv2-mc", "choices-jsonl", "t.jsonl", {}},
      {"ssv2-mc", "ssv2-official", "t.json", {"labels.json"}},
      {"retrieval", "table", "t.csv", {}},
      {"retrieval", "table", "t.jsonl", {}},
      {"actions", "table", "t.tsv", {}},
      {"mc", "choices-table", "t.csv", {}},
  };
  return cases;
}

// The parts of the input, one for each file; those that it lacks are empty.
std::vector<Bytes> parts_of(Bytes input, std::size_t count) {
  constexpr std::string_view kMark = "\n--\n";
  std::vector<Bytes> parts;
  while (parts.size() + 1 < count) {
    const std::size_t end = text_of(input).find(kMark);
    parts.push_back(input.first(std::min(end, input.size())));
    input = end == std::string_view::npos ? Bytes() : input.subspan(end + kMark.size());
  }
  parts.push_back(input);
  return parts;
}

// The folder of a form, with two videos that its annotations may find.
std::string folder_of(std::size_t number) {
  std::string name = concat("form", number);
  const std::string path = scratch_folder() + "/" + name;
  if (std::filesystem::create_directories(path + "/videos/run")) {
    input_file(name + "/videos/a.mp4", {});
    input_file(name + "/videos/run/b_000001_000011.avi", {});
  }
  return name;
}

void check(const Benchmark& benchmark) {
  std::set<std::string> names;
  for (const BenchmarkVideo& video : benchmark.videos) {
    TVTS_ASSERT(names.insert(video.name).second);
    TVTS_ASSERT((video.found_by == FoundBy::kNothing) <= !video.problem.empty());
  }
  const std::size_t videos = benchmark.videos.size();
  TVTS_ASSERT(videos > 0 && benchmark.texts.size() == benchmark.video_of_text.size());
  for (const std::size_t video : benchmark.video_of_text) TVTS_ASSERT(video < videos);
  if (benchmark.task == BenchmarkTask::kRetrieval) return;
  TVTS_ASSERT(benchmark.answers.size() == videos);
  for (std::size_t i = 0; i < videos; ++i) {
    const bool is_action = benchmark.task == BenchmarkTask::kActions;
    TVTS_ASSERT(benchmark.answers[i] < (is_action ? benchmark.classes.size() : benchmark.options.at(i).size()));
  }
}

}  // namespace

void one_input(Bytes input) {
  const std::size_t number = take_choice(input, form_cases().size());
  const FormCase& form = form_cases()[number];
  const std::string folder = folder_of(number);
  const std::vector<Bytes> parts = parts_of(input, 1 + form.beside.size());
  const std::string file = input_file(folder + "/" + form.file, parts[0]);
  for (std::size_t i = 0; i < form.beside.size(); ++i) input_file(folder + "/" + form.beside[i], parts[i + 1]);
  const bool is_folder = form.form == "split-files";
  const BenchmarkOptions options = {.data = scratch_folder() + "/" + folder,
                                    .annotations = is_folder ? scratch_folder() + "/" + folder : file,
                                    .form = form.form};
  const Benchmark benchmark = open_benchmark(form.benchmark, options);
  check(benchmark);
  TVTS_ASSERT(split_sha256(benchmark) ==
              split_sha256(with_videos(benchmark, std::vector(benchmark.videos.size(), true))));
}

}  // namespace tvts::fuzz
