#include "tvts/api/evaluate.h"

#include "tvts/api/evaluation_run.h"
#include "tvts/api/model_state.h"
#include "tvts/api/run_control.h"
#include "tvts/evaluate/results/protocol.h"

namespace tvts::api {
namespace {

std::vector<MissingVideo> to_api(const std::vector<MissingItem>& missing) {
  std::vector<MissingVideo> all;
  for (const MissingItem& one : missing)
    all.push_back({.video = one.video, .status = one.status, .reason = one.reason});
  return all;
}

Measure to_api(tvts::Measure&& measure) {
  Measure same = {.key = std::move(measure.key),
                  .title = std::move(measure.title),
                  .decimals = measure.decimals,
                  .value = measure.value};
  if (measure.interval) same.interval = {.low = measure.interval->low, .high = measure.interval->high};
  return same;
}

EvaluatedItem to_api(EvaluationItem&& item) {
  EvaluatedItem same = {.question = std::move(item.question),
                        .video = std::move(item.video),
                        .text = std::move(item.text),
                        .credit = item.credit,
                        .rank = item.rank,
                        .dsl_rank = item.dsl_rank};
  for (tvts::Prediction& one : item.predictions)
    same.predictions.push_back({.text = std::move(one.text), .score = one.score});
  return same;
}

Evaluation to_api(BenchmarkResult&& result) {
  Evaluation same = {.benchmark = result.manifest.benchmark,
                     .confusion = std::move(result.evaluation.confusion),
                     .missing = to_api(result.manifest.missing),
                     .differences = differences_from_paper(result.manifest),
                     .manifest = manifest_json(result.manifest).dump(-1, ' ', false, Json::error_handler_t::replace)};
  for (tvts::Measure& one : result.evaluation.measures) same.measures.push_back(to_api(std::move(one)));
  for (EvaluationItem& one : result.evaluation.items) same.items.push_back(to_api(std::move(one)));
  for (const tvts::ClassResult& one : result.evaluation.classes) {
    same.classes.push_back({.name = one.name, .items = one.accuracy.items, .top1 = one.accuracy.top1});
  }
  return same;
}

std::vector<Evaluation> evaluate(const PretrainedModel* model, const EvaluateRequest& request, const Run& run) {
  RunProgress progress(run);
  std::vector<Evaluation> all;
  for (BenchmarkResult& one : run_evaluation(request, model, KnownHashes(/*folder=*/""), control_of(run, progress))) {
    all.push_back(to_api(std::move(one)));
  }
  return all;
}

}  // namespace

std::vector<Evaluation> evaluate(const EvaluateRequest& request, const Run& run) {
  return evaluate(static_cast<const PretrainedModel*>(nullptr), request, run);
}

std::vector<Evaluation> evaluate(const Model& model, const EvaluateRequest& request, const Run& run) {
  return evaluate(&model.state().pretrained, request, run);
}

std::vector<BenchmarkCheck> check_benchmarks(const EvaluateRequest& request, const Run& run) {
  RunProgress progress(run);
  std::vector<BenchmarkCheck> all;
  tvts::check_benchmarks(request, control_of(run, progress), [&](const CheckedBenchmark& one) {
    all.push_back(
        {.benchmark = one.benchmark.name, .videos = one.benchmark.videos.size(), .missing = to_api(one.missing)});
  });
  return all;
}

}  // namespace tvts::api
