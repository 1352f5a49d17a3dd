// Probes: classifiers on frozen features.
#include "tvts/api/probe.h"

#include "python/native/long_call.h"
#include "python/native/parts.h"
#include "python/native/requests.h"
#include "python/native/values.h"

namespace tvts::python {

namespace py = pybind11;

namespace {

// [(path, start, end, label, credit)] and the scores [items, classes]
py::tuple predictions_of(const std::vector<api::ProbePrediction>& predictions, std::size_t classes) {
  py::list items;
  std::vector<float> scores;
  scores.reserve(predictions.size() * classes);
  for (const api::ProbePrediction& one : predictions) {
    items.append(py::make_tuple(path_text(one.path), one.start, one.end, text(one.label), one.credit));
    scores.insert(scores.end(), one.scores.begin(), one.scores.end());
  }
  const auto rows = static_cast<std::int64_t>(predictions.size());
  return py::make_tuple(items, owning_array(std::move(scores), {rows, static_cast<std::int64_t>(classes)}));
}

py::list paths(const std::vector<std::string>& all) {
  py::list found;
  for (const std::string& one : all) found.append(path_text(one));
  return found;
}

py::dict probe(const api::ProbeRequest& request, const py::object& on_progress, std::size_t threads) {
  api::ProbeResult result = long_call(
      [&](std::stop_token stop) { return api::probe(request, run_of(std::move(stop), on_progress, threads)); });
  const auto classes = static_cast<std::int64_t>(result.classes.size());
  py::dict found;
  found["classes"] = texts(result.classes);
  found["items"] = result.items;
  found["top1"] = result.top1;
  found["top5"] = result.top5;
  found["top1_interval"] = interval(result.top1_interval);
  found["mean_per_class"] = result.mean_per_class;
  found["per_class"] = class_results(result.per_class);
  found["confusion"] = owning_array(std::move(result.confusion), {classes, classes});
  found["losses"] = result.losses;
  found["predictions"] = predictions_of(result.predictions, result.classes.size());
  found["missing_train"] = paths(result.missing_train);
  found["missing_test"] = paths(result.missing_test);
  found["unlabelled_train"] = result.unlabelled_train;
  found["unlabelled_test"] = result.unlabelled_test;
  return found;
}

}  // namespace

void add_probe(py::module_& module) {
  using Options = api::ProbeOptions;
  RequestClass<Options>(module, "ProbeOptions")
      .field("method", &Options::method)
      .field("standardize", &Options::standardize)
      .field("seed", &Options::seed)
      .field("epochs", &Options::epochs)
      .field("batch_size", &Options::batch_size)
      .field("learning_rate", &Options::learning_rate)
      .field("momentum", &Options::momentum)
      .field("l2", &Options::l2)
      .field("iterations", &Options::iterations)
      .field("neighbours", &Options::neighbours)
      .field("temperature", &Options::temperature);
  using Request = api::ProbeRequest;
  RequestClass<Request>(module, "ProbeRequest")
      .field("benchmark", &Request::benchmark)
      .field("data", &Request::data)
      .field("annotations", &Request::annotations)
      .field("videos", &Request::videos)
      .field("classes", &Request::classes)
      .field("split", &Request::split)
      .field("train", &Request::train)
      .field("test", &Request::test)
      .field("train_labels", &Request::train_labels)
      .field("test_labels", &Request::test_labels)
      .field("path_column", &Request::path_column)
      .field("label_column", &Request::label_column)
      .field("output", &Request::output)
      .field("probe", &Request::probe)
      .field("model", &Request::model)
      .field("video", &Request::video)
      .field("normalize", &Request::normalize);
  module.def("probe", &probe, py::arg("request"), py::arg("on_progress"), py::arg("threads"));
}

}  // namespace tvts::python
