// A model: files to embeddings, texts, labels, stores.
#include <pybind11/stl.h>

#include "python/native/long_call.h"
#include "python/native/parts.h"
#include "python/native/values.h"

namespace tvts::python {

namespace py = pybind11;
using api::Model;

namespace {

Model load(const std::string& file, const api::LoadOptions& options) {
  return long_call([&](std::stop_token) { return Model::load(file, options); });
}

py::array_t<float> rows_of(std::vector<float> numbers, std::int64_t dim) {
  const std::int64_t rows = static_cast<std::int64_t>(numbers.size()) / dim;
  return owning_array(std::move(numbers), {rows, dim});
}

// (vectors [rows, E], rows as row_fields(), failures)
py::tuple embed_videos(const Model& model, const std::vector<std::string>& inputs, const api::VideoOptions& options,
                       const py::object& on_progress, std::size_t threads) {
  api::Embeddings found = long_call([&](std::stop_token stop) {
    return api::embed_videos(model, inputs, options, run_of(std::move(stop), on_progress, threads));
  });
  py::list rows;
  for (const api::Row& row : found.rows) rows.append(row_fields(row));
  return py::make_tuple(rows_of(std::move(found.vectors), found.dim), rows, failures(found.failed));
}

py::array_t<float> embed_texts(const Model& model, const std::vector<std::string>& texts, bool normalize,
                               const py::object& on_progress) {
  std::vector<float> found = long_call([&](std::stop_token stop) {
    return api::encode_text(model, texts, normalize, run_of(std::move(stop), on_progress, /*threads=*/0));
  });
  return rows_of(std::move(found), model.info().embed_dim);
}

py::array_t<float> embed_labels(const Model& model, const std::vector<std::string>& labels,
                                const std::vector<std::string>& templates) {
  std::vector<float> found = long_call(
      [&](std::stop_token stop) { return api::encode_labels(model, labels, templates, {.stop = std::move(stop)}); });
  return rows_of(std::move(found), model.info().embed_dim);
}

py::list labels_of(const api::ClassifiedRow& row) {
  py::list found;
  for (const api::ScoredLabel& label : row.labels)
    found.append(py::make_tuple(text(label.label), label.score, label.probability));
  return found;
}

// ([(path, start, end, [(label, score, probability)])], failures)
py::tuple classify(const Model& model, const std::vector<std::string>& inputs, const std::vector<std::string>& labels,
                   const std::vector<std::string>& templates, std::size_t k, const api::VideoOptions& video,
                   const py::object& on_progress, std::size_t threads) {
  const api::Classification found = long_call([&](std::stop_token stop) {
    return api::classify(model, inputs, labels, {.templates = templates, .k = k}, video,
                         run_of(std::move(stop), on_progress, threads));
  });
  py::list rows;
  for (const api::ClassifiedRow& row : found.rows)
    rows.append(py::make_tuple(path_text(row.path), row.start, row.end, labels_of(row)));
  return py::make_tuple(rows, failures(found.failed));
}

py::dict report_of(const api::StoreReport& report) {
  py::dict found;
  found["pending"] = report.pending;
  found["stored_before"] = report.stored_before;
  found["failed_before"] = report.failed_before;
  found["rows"] = report.rows;
  found["replaced"] = report.replaced;
  found["vanished"] = report.vanished;
  found["errors"] = failures(report.failed);
  return found;
}

py::dict fill_store(const Model& model, const std::vector<std::string>& inputs, const std::string& folder,
                    const api::FillOptions& options, const api::VideoOptions& video, const py::object& on_progress,
                    std::size_t threads) {
  return report_of(long_call([&](std::stop_token stop) {
    return api::fill_store(model, inputs, folder, options, video, run_of(std::move(stop), on_progress, threads));
  }));
}

void add_options(py::module_& module) {
  py::class_<api::LoadOptions>(module, "LoadOptions")
      .def(py::init<>())
      .def_readwrite("model", &api::LoadOptions::model)
      .def_readwrite("activation", &api::LoadOptions::activation)
      .def_readwrite("special_tokens", &api::LoadOptions::special_tokens)
      .def_readwrite("precision", &api::LoadOptions::precision)
      .def_readwrite("device", &api::LoadOptions::device);
  py::class_<api::ModelSource>(module, "ModelSource")
      .def(py::init<>())
      .def_readwrite("file", &api::ModelSource::file)
      .def_readwrite("options", &api::ModelSource::options);
  py::class_<api::VideoOptions>(module, "VideoOptions")
      .def(py::init<>())
      .def_readwrite("preprocess", &api::VideoOptions::preprocess)
      .def_readwrite("pool", &api::VideoOptions::pool)
      .def_readwrite("num_frames", &api::VideoOptions::num_frames)
      .def_readwrite("window", &api::VideoOptions::window)
      .def_readwrite("stride", &api::VideoOptions::stride)
      .def_readwrite("stored_aspect", &api::VideoOptions::stored_aspect)
      .def_readwrite("stored_rotation", &api::VideoOptions::stored_rotation)
      .def_readwrite("normalize", &api::VideoOptions::normalize)
      .def_readwrite("time_budget", &api::VideoOptions::time_budget)
      .def_readwrite("memory_budget", &api::VideoOptions::memory_budget)
      .def_readwrite("batch_size", &api::VideoOptions::batch_size);
  py::class_<api::FillOptions>(module, "FillOptions")
      .def(py::init<>())
      .def_readwrite("overwrite", &api::FillOptions::overwrite)
      .def_readwrite("retry_failed", &api::FillOptions::retry_failed)
      .def_readwrite("shard_size", &api::FillOptions::shard_size);
}

}  // namespace

void add_model(py::module_& module) {
  add_options(module);
  py::class_<Model>(module, "Model")
      .def_static("load", &load, py::arg("file"), py::arg("options"))
      .def_property_readonly("path", [](const Model& model) { return path_text(model.info().path); })
      .def_property_readonly("name", [](const Model& model) { return text(model.info().name); })
      .def_property_readonly("origin", [](const Model& model) { return text(model.info().origin); })
      .def_property_readonly("precision", [](const Model& model) { return model.info().precision; })
      .def_property_readonly("embed_dim", [](const Model& model) { return model.info().embed_dim; })
      .def_property_readonly("num_frames", [](const Model& model) { return model.info().num_frames; })
      .def_property_readonly("image_size", [](const Model& model) { return model.info().image_size; })
      .def("embed_videos", &embed_videos, py::arg("inputs"), py::arg("options"), py::arg("on_progress"),
           py::arg("threads"))
      .def("embed_texts", &embed_texts, py::arg("texts"), py::arg("normalize"), py::arg("on_progress"))
      .def("embed_labels", &embed_labels, py::arg("labels"), py::arg("templates"))
      .def("classify", &classify, py::arg("inputs"), py::arg("labels"), py::arg("templates"), py::arg("k"),
           py::arg("options"), py::arg("on_progress"), py::arg("threads"))
      .def("fill_store", &fill_store, py::arg("inputs"), py::arg("folder"), py::arg("fill"), py::arg("options"),
           py::arg("on_progress"), py::arg("threads"));
}

}  // namespace tvts::python
