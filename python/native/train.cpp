// Pre-training on one process; `tvts.pretrain` is the launcher's module for several (pretrain.cpp).
#include "tvts/api/pretrain.h"

#include "python/native/long_call.h"
#include "python/native/parts.h"
#include "python/native/requests.h"
#include "python/native/values.h"

namespace tvts::python {

namespace py = pybind11;

namespace {

py::dict fields_of(const api::TrainStep& step) {
  py::dict found;
  found["step"] = step.step;
  found["steps"] = step.steps;
  found["epoch"] = step.epoch;
  found["corpus"] = text(step.corpus);
  found["loss"] = step.loss;
  found["contrastive"] = step.contrastive;
  found["sorting"] = step.sorting;
  found["sort_accuracy"] = step.sort_accuracy;
  found["matched_similarity"] = step.matched_similarity;
  found["learning_rate_new"] = step.learning_rate_new;
  found["learning_rate_clip"] = step.learning_rate_clip;
  found["clips_per_second"] = step.clips_per_second;
  found["wait_share"] = step.wait_share;
  found["replaced"] = step.replaced;
  return found;
}

// The path of the trained model. on_step: None, or called with the fields of each step.
py::str train(const api::PretrainRequest& request, const py::object& on_step, const py::object& on_progress) {
  std::function<void(const api::TrainStep&)> tell;
  if (!on_step.is_none()) {
    tell = [&](const api::TrainStep& step) {
      const py::gil_scoped_acquire gil;
      on_step(fields_of(step));
    };
  }
  return path_text(long_call([&](std::stop_token stop) {
    return api::pretrain(request, run_of(std::move(stop), on_progress, /*threads=*/0), tell).model;
  }));
}

py::dict plan(const api::PretrainRequest& request) {
  const api::PretrainPlan found =
      long_call([&](std::stop_token stop) { return api::plan_pretraining(request, {.stop = std::move(stop)}); });
  py::dict fields;
  fields["processes"] = found.processes;
  fields["trained_parameters"] = found.trained_parameters;
  fields["frozen_parameters"] = found.frozen_parameters;
  fields["weight_bytes"] = found.weight_bytes;
  fields["gradient_bytes"] = found.gradient_bytes;
  fields["moment_bytes"] = found.moment_bytes;
  fields["activation_bytes"] = found.activation_bytes;
  fields["multiply_adds"] = found.multiply_adds;
  fields["seconds_per_step"] = found.seconds_per_step;
  fields["steps"] = found.steps;
  fields["missing"] = texts(found.missing);
  return fields;
}

}  // namespace

void add_train(py::module_& module) {
  using Request = api::PretrainRequest;
  RequestClass<Request>(module, "PretrainRequest")
      .field("config", &Request::config)
      .field("output", &Request::output)
      .field("stage", &Request::stage)
      .field("start", &Request::start)
      .field("seed", &Request::seed);
  module.def("train", &train, py::arg("request"), py::arg("on_step"), py::arg("on_progress"));
  module.def("plan_training", &plan, py::arg("request"));
}

}  // namespace tvts::python
