// Evaluation on benchmarks.
#include "tvts/api/evaluate.h"

#include "python/native/long_call.h"
#include "python/native/parts.h"
#include "python/native/requests.h"
#include "python/native/values.h"

namespace tvts::python {

namespace py = pybind11;

namespace {

// (key, title, value, interval, decimals)
py::tuple fields_of(const api::Measure& measure) {
  return py::make_tuple(text(measure.key), text(measure.title), measure.value, interval(measure.interval),
                        measure.decimals);
}

// (question, video, text, credit, rank, dsl_rank, [(text, score)])
py::tuple fields_of(const api::EvaluatedItem& item) {
  py::list predictions;
  for (const api::Prediction& one : item.predictions) predictions.append(py::make_tuple(text(one.text), one.score));
  return py::make_tuple(text(item.question), text(item.video), text(item.text), item.credit, item.rank, item.dsl_rank,
                        predictions);
}

// (video, status, reason)
py::list missing_of(const std::vector<api::MissingVideo>& missing) {
  py::list found;
  for (const api::MissingVideo& one : missing)
    found.append(py::make_tuple(text(one.video), text(one.status), text(one.reason)));
  return found;
}

template <class Value>
py::list all_fields(const std::vector<Value>& values) {
  py::list found;
  for (const Value& one : values) found.append(fields_of(one));
  return found;
}

// (benchmark, measures, items, classes, confusion or None, missing, differences, manifest)
py::tuple fields_of(api::Evaluation&& evaluation) {
  const auto classes = static_cast<std::int64_t>(evaluation.classes.size());
  const py::object confusion = evaluation.confusion.empty()
                                   ? py::object(py::none())
                                   : owning_array(std::move(evaluation.confusion), {classes, classes});
  return py::make_tuple(text(evaluation.benchmark), all_fields(evaluation.measures), all_fields(evaluation.items),
                        class_results(evaluation.classes), confusion, missing_of(evaluation.missing),
                        texts(evaluation.differences), text(evaluation.manifest));
}

py::list evaluate(const py::object& model, const api::EvaluateRequest& request, const py::object& on_progress,
                  std::size_t threads) {
  const api::Model* const loaded = model.is_none() ? nullptr : &model.cast<const api::Model&>();
  std::vector<api::Evaluation> all = long_call([&](std::stop_token stop) {
    const api::Run run = run_of(std::move(stop), on_progress, threads);
    return loaded ? api::evaluate(*loaded, request, run) : api::evaluate(request, run);
  });
  py::list found;
  for (api::Evaluation& one : all) found.append(fields_of(std::move(one)));
  return found;
}

// [(benchmark, videos, missing)]
py::list check_benchmarks(const api::EvaluateRequest& request, const py::object& on_progress, std::size_t threads) {
  const std::vector<api::BenchmarkCheck> all = long_call([&](std::stop_token stop) {
    return api::check_benchmarks(request, run_of(std::move(stop), on_progress, threads));
  });
  py::list found;
  for (const api::BenchmarkCheck& one : all)
    found.append(py::make_tuple(text(one.benchmark), one.videos, missing_of(one.missing)));
  return found;
}

}  // namespace

void add_evaluate(py::module_& module) {
  using Request = api::EvaluateRequest;
  RequestClass<Request>(module, "EvaluateRequest")
      .field("benchmarks", &Request::benchmarks)
      .field("data", &Request::data)
      .field("annotations", &Request::annotations)
      .field("form", &Request::form)
      .field("videos", &Request::videos)
      .field("classes", &Request::classes)
      .field("split", &Request::split)
      .field("first_row", &Request::first_row)
      .field("captions", &Request::captions)
      .field("path_column", &Request::path_column)
      .field("caption_column", &Request::caption_column)
      .field("label_column", &Request::label_column)
      .field("templates", &Request::templates)
      .field("ties", &Request::ties)
      .field("short_clips", &Request::short_clips)
      .field("frame_count", &Request::frame_count)
      .field("seed", &Request::seed)
      .field("resamples", &Request::resamples)
      .field("video_features", &Request::video_features)
      .field("text_features", &Request::text_features)
      .field("output", &Request::output)
      .field("overwrite", &Request::overwrite)
      .field("retry_failed", &Request::retry_failed)
      .field("model", &Request::model)
      .field("video", &Request::video);
  module.def("evaluate", &evaluate, py::arg("model"), py::arg("request"), py::arg("on_progress"), py::arg("threads"));
  module.def("check_benchmarks", &check_benchmarks, py::arg("request"), py::arg("on_progress"), py::arg("threads"));
}

}  // namespace tvts::python
