// tvts data check: what of a training data set is missing or unreadable.
#include "cli/data.h"
#include "cli/output.h"
#include "cli/runtime.h"
#include "tvts/core/error.h"
#include "tvts/core/json/json_text.h"
#include "tvts/core/progress.h"
#include "tvts/train/corpora/check_corpus.h"

namespace tvts::cli {
namespace {

struct DataCheckOptions {
  CorpusOptions corpus;
  bool decode = false, json = false;
  std::size_t workers = 0;
};

void declare(CLI::App& command, DataCheckOptions& options) {
  CorpusOptions& corpus = options.corpus;
  command.add_option("--form", corpus.form, "yt-temporal, webvid, webvid-csv, shards or table")->required();
  command.add_option("--list", corpus.list, "the list, table or csv file; shards: a pattern like s/{00..99}.tar")
      ->required();
  command.add_option("--root", corpus.root, "folder that the list's paths are below");
  command.add_option("--segments", corpus.segments, "transcripts a clip; shards: more than 1 asks for transcripts")
      ->check(at_least(1))
      ->capture_default_str();
  command.add_option("--path-col", corpus.path_column, "column of a table")->capture_default_str();
  command.add_option("--caption-col", corpus.caption_column, "column of a table")->capture_default_str();
  command.add_option("--start-col", corpus.start_column, "column of a table")->capture_default_str();
  command.add_option("--end-col", corpus.end_column, "column of a table")->capture_default_str();
  command.add_flag("--decode", options.decode, "decode every video to its end; else it is only looked for");
  command.add_option("--workers", options.workers, "threads (default: the cores)")->check(at_least(1));
  command.add_flag("--json", options.json, "one JSON object a line instead of columns");
}

constexpr const char* kind_name(ProblemKind kind) {
  return kind == ProblemKind::kMissing ? "missing" : kind == ProblemKind::kAnnotation ? "annotation" : "video";
}

void print(const CorpusProblem& problem, bool json) {
  const char* kind = kind_name(problem.kind);
  if (!json) return print_columns({kind, problem.key, problem.reason});
  print_json({{"problem", kind}, {"key", to_utf8(problem.key)}, {"reason", to_utf8(problem.reason)}});
}

void print_totals(int64_t samples, const std::vector<CorpusProblem>& problems, bool json) {
  Json totals = {{"samples", samples}, {"missing", 0}, {"annotation", 0}, {"video", 0}};
  for (const CorpusProblem& problem : problems) {
    Json& count = totals[kind_name(problem.kind)];
    count = count.get<int64_t>() + 1;
  }
  if (json) return print_json(totals);
  for (const auto& [name, count] : totals.items()) print_columns({"total", name, count.dump()});
}

int run(const DataCheckOptions& options) {
  const auto corpus = open_corpus(options.corpus);
  Progress progress("samples", static_cast<std::size_t>(corpus->size()));
  const auto problems =
      check_corpus(corpus,
                   {.decode = options.decode,
                    .workers = options.workers > 0 ? options.workers : thread_count(),
                    .on_progress = [&](int64_t done) { progress.update({.done = static_cast<std::size_t>(done)}); }},
                   stop_requested());
  progress.finish();
  for (const CorpusProblem& problem : problems) print(problem, options.json);
  print_totals(corpus->size(), problems, options.json);
  return problems.empty() ? 0 : kSomeInputsFailed;
}

}  // namespace

void add_data_check(CLI::App& data, Action& action) {
  add_command<DataCheckOptions>(
      data, action, "check", "Tell what of a training data set is missing or unreadable",
      [](CLI::App& command, DataCheckOptions& options) { declare(command, options); }, run);
}

}  // namespace tvts::cli
