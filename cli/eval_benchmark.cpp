// tvts eval msrvtt|didemo|...: a model, or features made elsewhere, on benchmarks as they lie on the disk.
#include <algorithm>
#include <optional>

#include "cli/embed_reporter.h"
#include "cli/eval.h"
#include "cli/eval_options.h"
#include "cli/output.h"
#include "cli/runtime.h"
#include "cli/store_embedding.h"
#include "tvts/api/store_model.h"
#include "tvts/core/error.h"
#include "tvts/core/features_file.h"
#include "tvts/core/folders.h"
#include "tvts/core/log.h"
#include "tvts/core/progress.h"
#include "tvts/core/whole_file.h"
#include "tvts/evaluate/benchmarks/check_videos.h"
#include "tvts/evaluate/results/confusion_picture.h"
#include "tvts/evaluate/results/evaluation_json.h"
#include "tvts/evaluate/results/evaluation_page.h"
#include "tvts/evaluate/run/benchmark_features.h"
#include "tvts/model/weights/sha256.h"

namespace tvts::cli {
namespace {

// A benchmark that was opened and looked through.
struct Checked {
  Benchmark benchmark;
  std::vector<bool> leave_out;  // [videos]
  std::vector<MissingItem> missing;
};

Checked open_and_check(const EvalOptions& options, const std::string& name) {
  Checked checked = {.benchmark = open_benchmark(name, benchmark_options(options, name))};
  Benchmark& benchmark = checked.benchmark;
  for (const std::string& warning : benchmark.warnings) log_warning(concat(name, ": ", warning));
  if (!options.templates.empty() && benchmark.task == BenchmarkTask::kActions) benchmark.templates = options.templates;
  Progress progress("videos looked at", benchmark.videos.size());
  const std::vector<MissingVideo> missing = check_videos(benchmark, thread_count(), stop_requested(),
                                                         [&](std::size_t done) { progress.update({.done = done}); });
  progress.finish();
  checked.leave_out.assign(benchmark.videos.size(), false);
  for (const MissingVideo& one : missing) {
    checked.leave_out[one.video] = true;
    checked.missing.push_back({benchmark.videos[one.video].name, one.status, one.reason});
    log_warning(concat(name, ": ", one.status, ": ", one.reason));
  }
  log_info(concat(name, ": ", benchmark.videos.size(), " videos as ", benchmark.form, " in ",
                  benchmark.files.empty() ? "folders" : benchmark.files.front(), ", ", missing.size(),
                  " missing or unreadable"));
  write_missing(options.output + "/" + name, checked.missing);
  return checked;
}

std::string store_of(const EvalOptions& options, const std::string& benchmark) {
  return options.output + "/" + benchmark + "/videos" + (options.short_clips == "repeat" ? "_repeat" : "") +
         (options.frame_count == "promised" ? "_promised" : "");
}

PretrainedModel load_for_stores(const EvalOptions& options) {
  if (options.overwrite) return load(options.model);
  return load(with_precision_of_store(options.model, store_of(options, options.benchmarks.front())));
}

class ModelRun {
 public:
  explicit ModelRun(const EvalOptions& options)
      : options_(options), pretrained_(load_for_stores(options)), embed_(resolve(options.video, pretrained_.spec)) {
    if (options.short_clips == "repeat") embed_.missing_frames = MissingFrames::kRepeatLast;
    if (options.frame_count == "promised") embed_.clips.frame_count = FrameCount::kPromised;
    header_ = store_header(pretrained_, embed_, /*neutral_texts=*/"", known_hashes());
  }

  BenchmarkResult evaluate_one(const std::string& name, Checked checked) {
    Manifest manifest = manifest_of(checked.benchmark);
    describe(manifest, options_);
    manifest.embedding = header_;
    manifest.image_size = embed_.clips.image_size;
    manifest.short_clips = options_.short_clips;
    manifest.frame_count = options_.frame_count;
    const BenchmarkVideos videos = embed_videos(name, checked);
    manifest.missing = checked.missing;
    const Benchmark present = with_videos(checked.benchmark, videos.has_feature);
    const std::vector<std::string> asked = texts_of(present);
    Progress progress("texts", asked.size());
    const std::vector<float> texts =
        embed_benchmark_texts(present, asked, pretrained_.model, pretrained_.tokenizer, [&](std::size_t done) {
          throw_if_stopped();
          progress.update({.done = done});
        });
    progress.finish();
    const auto dim = static_cast<std::size_t>(pretrained_.spec.config.embed_dim);
    return {std::move(manifest), evaluate(present, {videos.features, texts, dim}, evaluate_options(options_))};
  }

 private:
  // Videos that turn out to be unreadable are added to checked.missing.
  BenchmarkVideos embed_videos(const std::string& name, Checked& checked) {
    const StoreRun run = {.dir = store_of(options_, name),
                          .header = header_,
                          .store = {.overwrite = options_.overwrite,
                                    .retry_failed = options_.retry_failed,
                                    .group_size = embed_.batch_size,
                                    .still_there = [](const ItemId&) { return true; }},
                          .embed = embed_};
    std::optional<EmbedReporter> reporter;
    const auto on_plan = [&](const StorePlan& plan) {
      log_info(concat(run.dir, ": ", plan.pending, " to embed, ", plan.stored, " stored already"));
      reporter.emplace(plan.pending);
    };
    BenchmarkVideos videos =
        embed_benchmark_videos(run, checked.benchmark, checked.leave_out, pretrained_.model, stop_requested(), on_plan,
                               [&](const EmbeddedItem& item) { reporter->add(item); });
    reporter->finish();
    for (std::size_t i = 0; i < videos.has_feature.size(); ++i) {
      if (videos.has_feature[i] || checked.leave_out[i]) continue;
      checked.missing.push_back({checked.benchmark.videos[i].name, "unreadable", videos.reasons[i]});
      log_warning(concat(name, ": unreadable: ", checked.benchmark.videos[i].path, ": ", videos.reasons[i]));
    }
    return videos;
  }

  const EvalOptions& options_;
  PretrainedModel pretrained_;
  EmbedOptions embed_;
  StoreHeader header_;
};

// Without annotations: texts follow the videos' order, as many for each.
Benchmark benchmark_in_order(std::size_t videos, std::size_t texts) {
  if (texts % videos != 0) {
    fail_input("found features of ", texts, " texts and ", videos,
               " videos, expected as many texts for each video; "
               "--data with a table says which text belongs to which video");
  }
  Benchmark benchmark = {.name = "retrieval", .form = "features"};
  for (std::size_t i = 0; i < videos; ++i) benchmark.videos.push_back({.name = concat("video ", i), .path = ""});
  for (std::size_t i = 0; i < texts; ++i) {
    benchmark.texts.push_back(concat("text ", i));
    benchmark.video_of_text.push_back(i / (texts / videos));
  }
  return benchmark;
}

BenchmarkResult evaluate_given_features(const EvalOptions& options) {
  const FeatureMatrix videos = read_features(options.video_features), texts = read_features(options.text_features);
  if (videos.dim != texts.dim)
    fail_input(options.text_features, ": found rows of ", texts.dim, " numbers, expected ", videos.dim, " as in ",
               options.video_features);
  const Benchmark benchmark = options.data.empty()
                                  ? benchmark_in_order(videos.rows, texts.rows)
                                  : open_benchmark("retrieval", benchmark_options(options, "retrieval"));
  Manifest manifest = manifest_of(benchmark);
  describe(manifest, options);
  for (const std::string& path : {options.video_features, options.text_features}) {
    manifest.features.push_back({path, sha256_of_file(path)});
  }
  return {std::move(manifest),
          evaluate(benchmark, {videos.values, texts.values, videos.dim}, evaluate_options(options))};
}

void write_results(const EvalOptions& options, const std::vector<BenchmarkResult>& results, const PaperTables& paper) {
  make_folder(options.output);
  remove_leftovers(options.output);
  for (const BenchmarkResult& result : results) {
    const std::string folder = options.output + "/" + result.manifest.benchmark;
    write_evaluation(folder, result.manifest, result.evaluation);
    if (!result.evaluation.confusion.empty())
      write_whole_file(folder + "/confusion.png", confusion_png(result.evaluation));
  }
  write_whole_file(options.output + "/evaluation.html", html_page(evaluation_page(results, paper)));
  log_info(concat("wrote ", options.output, "/evaluation.html, and result.json and items.jsonl of each benchmark"));
}

void print_results(const EvalOptions& options, const std::vector<BenchmarkResult>& results) {
  std::vector<Table> tables;
  for (const BenchmarkResult& result : results) {
    if (options.json) print_json(evaluation_json(result.manifest, result.evaluation));
    tables.push_back(evaluation_table(result));
    for (const std::string& difference : differences_from_paper(result.manifest)) {
      tables.back().notes.push_back("Not as in the paper: " + difference);
    }
  }
  if (!options.json) print_tables(tables);
}

int check_alone(const EvalOptions& options) {
  bool has_missing = false;
  for (const std::string& name : options.benchmarks) {
    const Checked checked = open_and_check(options, name);
    has_missing = has_missing || !checked.missing.empty();
    const std::size_t videos = checked.benchmark.videos.size(), missing = checked.missing.size();
    if (options.json) {
      print_json({{"benchmark", name}, {"videos", videos}, {"missing", missing}});
    } else {
      print_columns({name, concat(videos), concat(missing)});
    }
  }
  return has_missing ? kSomeInputsFailed : 0;
}

int run(EvalOptions options) {
  resolve(options);
  if (options.check) return check_alone(options);
  const PaperTables paper = load_paper_tables(data_file("paper_results.json"));
  std::vector<BenchmarkResult> results;
  if (!options.video_features.empty()) {
    results.push_back(evaluate_given_features(options));
  } else {
    // All are looked through before the first is embedded.
    std::vector<Checked> checked;
    for (const std::string& name : options.benchmarks) checked.push_back(open_and_check(options, name));
    ModelRun model(options);
    for (std::size_t i = 0; i < checked.size(); ++i) {
      results.push_back(model.evaluate_one(options.benchmarks[i], std::move(checked[i])));
    }
  }
  write_results(options, results, paper);
  print_results(options, results);
  const bool has_missing = std::ranges::any_of(results, [](const auto& one) { return !one.manifest.missing.empty(); });
  return has_missing ? kSomeInputsFailed : 0;
}

}  // namespace

void add_eval_benchmarks(CLI::App& eval, Action& action) {
  for (const std::string& name : benchmark_names()) {
    const std::string about = name == benchmark_title(name) || name == "mc"
                                  ? "A table of your own: " + benchmark_title(name)
                                  : benchmark_title(name) + ", by the paper's protocol";
    add_command<EvalOptions>(
        eval, action, name.c_str(), about.c_str(),
        [](CLI::App& command, EvalOptions& options) { declare(command, options); },
        [name](EvalOptions options) {
          options.benchmarks.insert(options.benchmarks.begin(), name);
          return run(std::move(options));
        });
  }
}

}  // namespace tvts::cli
