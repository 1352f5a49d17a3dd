#include "tvts/api/evaluation_run.h"

#include <optional>

#include "tvts/api/benchmark_features.h"
#include "tvts/api/data_files.h"
#include "tvts/api/evaluation_request.h"
#include "tvts/api/fill_store.h"
#include "tvts/api/open_model.h"
#include "tvts/api/store_model.h"
#include "tvts/core/error.h"
#include "tvts/core/features_file.h"
#include "tvts/core/folders.h"
#include "tvts/core/log.h"
#include "tvts/core/throw_if_stopped.h"
#include "tvts/core/whole_file.h"
#include "tvts/evaluate/benchmarks/check_videos.h"
#include "tvts/evaluate/results/confusion_picture.h"
#include "tvts/evaluate/results/evaluation_json.h"
#include "tvts/features/embed_reporter.h"
#include "tvts/model/weights/sha256.h"

namespace tvts {
namespace {

// Videos that are missing or cannot be opened are left out, and named in the log.
void look_through(CheckedBenchmark& checked, const JobControl& control) {
  const Benchmark& benchmark = checked.benchmark;
  control.progress.begin("videos looked at", benchmark.videos.size());
  const auto missing = check_videos(benchmark, control.threads, control.stop,
                                    [&](std::size_t done) { control.progress.update({.done = done}); });
  control.progress.finish();
  checked.leave_out.assign(benchmark.videos.size(), false);
  for (const MissingVideo& one : missing) {
    checked.leave_out[one.video] = true;
    checked.missing.push_back({benchmark.videos[one.video].name, one.status, one.reason});
    log_warning(concat(benchmark.name, ": ", one.status, ": ", one.reason));
  }
}

CheckedBenchmark open_and_check(const api::EvaluateRequest& request, const std::string& name,
                                const JobControl& control) {
  CheckedBenchmark checked = {.benchmark = open_benchmark(name, benchmark_options(request, name))};
  Benchmark& benchmark = checked.benchmark;
  for (const std::string& warning : benchmark.warnings) log_warning(concat(name, ": ", warning));
  if (!request.templates.empty() && benchmark.task == BenchmarkTask::kActions) benchmark.templates = request.templates;
  look_through(checked, control);
  log_info(concat(name, ": ", benchmark.videos.size(), " videos as ", benchmark.form, " in ",
                  benchmark.files.empty() ? "folders" : benchmark.files.front(), ", ", checked.missing.size(),
                  " missing or unreadable"));
  write_missing(request.output + "/" + name, checked.missing);
  return checked;
}

// The model of the request; where rows are there already and it leaves the precision open, in theirs.
PretrainedModel load_for_stores(const api::EvaluateRequest& request, const JobControl& control) {
  api::LoadOptions options = request.model.options;
  if (!request.overwrite) use_precision_of_store(options, store_of(request, request.benchmarks.front()));
  PretrainedModel model = open_model(request.model.file, options);
  throw_if_stopped(control.stop);
  log(std::exchange(model.remarks, {}));
  return model;
}

// A model on one benchmark after the other.
class ModelRun {
 public:
  ModelRun(const api::EvaluateRequest& request, const PretrainedModel& model, const KnownHashes& hashes,
           const JobControl& control)
      : request_(request),
        model_(model),
        control_(control),
        embed_(embed_options(request.video, model.spec, control.threads)) {
    if (request.short_clips == "repeat") embed_.missing_frames = MissingFrames::kRepeatLast;
    if (request.frame_count == "promised") embed_.clips.frame_count = FrameCount::kPromised;
    embed_.normalize = true;  // similarities are cosines
    header_ = store_header(model, embed_, /*neutral_texts=*/"", hashes);
  }

  BenchmarkResult evaluate_one(CheckedBenchmark checked) {
    Manifest manifest = manifest_of(checked.benchmark);
    describe(manifest, request_);
    manifest.embedding = header_;
    manifest.image_size = embed_.clips.image_size;
    manifest.short_clips = request_.short_clips;
    manifest.frame_count = request_.frame_count;
    const BenchmarkVideos videos = embed_videos(checked);
    manifest.missing = checked.missing;
    const Benchmark present = with_videos(checked.benchmark, videos.has_feature);
    const std::vector<float> texts = embed_texts_of(present);
    const auto dim = static_cast<std::size_t>(model_.spec.config.embed_dim);
    return {std::move(manifest),
            evaluate(present, {videos.features, texts, dim}, evaluate_options(request_, control_))};
  }

 private:
  StoreRun store_run(const std::string& benchmark) const {
    return {.dir = store_of(request_, benchmark),
            .header = header_,
            .store = {.overwrite = request_.overwrite,
                      .retry_failed = request_.retry_failed,
                      .group_size = embed_.batch_size,
                      .still_there = [](const ItemId&) { return true; }},
            .embed = embed_};
  }

  // Videos that turn out to be unreadable are added to checked.missing.
  BenchmarkVideos embed_videos(CheckedBenchmark& checked) {
    const StoreRun run = store_run(checked.benchmark.name);
    std::optional<EmbedReporter> reporter;
    const auto on_plan = [&](const StorePlan& plan) {
      warn_of_damage(run.dir, plan);
      log_info(concat(run.dir, ": ", plan.pending, " to embed, ", plan.stored, " stored already"));
      reporter.emplace(control_.progress, plan.pending);
    };
    BenchmarkVideos videos =
        embed_benchmark_videos(run, checked.benchmark, checked.leave_out, model_.model, control_.stop, on_plan,
                               [&](const EmbeddedItem& item) { reporter->add(item); });
    reporter->finish();
    add_unreadable(checked, videos);
    return videos;
  }

  static void add_unreadable(CheckedBenchmark& checked, const BenchmarkVideos& videos) {
    for (std::size_t i = 0; i < videos.has_feature.size(); ++i) {
      if (videos.has_feature[i] || checked.leave_out[i]) continue;
      const BenchmarkVideo& video = checked.benchmark.videos[i];
      checked.missing.push_back({video.name, "unreadable", videos.reasons[i]});
      log_warning(concat(checked.benchmark.name, ": unreadable: ", video.path, ": ", videos.reasons[i]));
    }
  }

  std::vector<float> embed_texts_of(const Benchmark& benchmark) {
    const std::vector<std::string> asked = texts_of(benchmark);
    control_.progress.begin("texts", asked.size());
    std::vector<float> texts =
        embed_benchmark_texts(benchmark, asked, model_.model, model_.tokenizer, [&](std::size_t done) {
          throw_if_stopped(control_.stop);
          control_.progress.update({.done = done});
        });
    control_.progress.finish();
    return texts;
  }

  const api::EvaluateRequest& request_;
  const PretrainedModel& model_;
  const JobControl& control_;
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

BenchmarkResult evaluate_given_features(const api::EvaluateRequest& request, const JobControl& control) {
  const FeatureMatrix videos = read_features(request.video_features), texts = read_features(request.text_features);
  if (videos.dim != texts.dim)
    fail_input(request.text_features, ": found rows of ", texts.dim, " numbers, expected ", videos.dim, " as in ",
               request.video_features);
  const Benchmark benchmark = request.data.empty()
                                  ? benchmark_in_order(videos.rows, texts.rows)
                                  : open_benchmark("retrieval", benchmark_options(request, "retrieval"));
  Manifest manifest = manifest_of(benchmark);
  describe(manifest, request);
  for (const std::string& path : {request.video_features, request.text_features}) {
    manifest.features.push_back({path, sha256_of_file(path)});
  }
  return {std::move(manifest),
          evaluate(benchmark, {videos.values, texts.values, videos.dim}, evaluate_options(request, control))};
}

std::vector<BenchmarkResult> evaluate_model(const api::EvaluateRequest& request, const PretrainedModel* model,
                                            const KnownHashes& hashes, const JobControl& control) {
  std::vector<CheckedBenchmark> checked;
  check_benchmarks(request, control, [&](CheckedBenchmark&& one) { checked.push_back(std::move(one)); });
  std::optional<PretrainedModel> loaded;
  if (model == nullptr) model = &loaded.emplace(load_for_stores(request, control));
  ModelRun run(request, *model, hashes, control);
  std::vector<BenchmarkResult> results;
  for (CheckedBenchmark& one : checked) results.push_back(run.evaluate_one(std::move(one)));
  return results;
}

void write_results(const std::string& folder, const std::vector<BenchmarkResult>& results, const PaperTables& paper) {
  make_folder(folder);
  remove_leftovers(folder);
  for (const BenchmarkResult& result : results) {
    const std::string of_benchmark = folder + "/" + result.manifest.benchmark;
    write_evaluation(of_benchmark, result.manifest, result.evaluation);
    if (!result.evaluation.confusion.empty())
      write_whole_file(of_benchmark + "/confusion.png", confusion_png(result.evaluation));
  }
  write_whole_file(folder + "/evaluation.html", html_page(evaluation_page(results, paper)));
  log_info(concat("wrote ", folder, "/evaluation.html, and result.json and items.jsonl of each benchmark"));
}

}  // namespace

void check_benchmarks(const api::EvaluateRequest& request, const JobControl& control,
                      const std::function<void(CheckedBenchmark&&)>& on_checked) {
  check(request);
  for (const std::string& name : request.benchmarks) on_checked(open_and_check(request, name, control));
}

std::vector<BenchmarkResult> run_evaluation(const api::EvaluateRequest& request, const PretrainedModel* model,
                                            const KnownHashes& hashes, const JobControl& control) {
  check(request);
  const PaperTables paper = load_paper_tables(data_file("paper_results.json"));
  std::vector<BenchmarkResult> results;
  if (!request.video_features.empty()) {
    results.push_back(evaluate_given_features(request, control));
  } else {
    results = evaluate_model(request, model, hashes, control);
  }
  write_results(request.output, results, paper);
  return results;
}

}  // namespace tvts
