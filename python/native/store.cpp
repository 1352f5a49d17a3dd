// Stores: rows, their mapped numbers, search.
#include <pybind11/stl.h>

#include "python/native/long_call.h"
#include "python/native/parts.h"
#include "python/native/values.h"

namespace tvts::python {

namespace py = pybind11;
using api::Store;

namespace {

Store open(const std::string& path) {
  return long_call([&](std::stop_token) { return Store::open(path); });
}

// [(first row, numbers [rows, E])]: what lies in one piece of a mapped file, as views.
py::list pieces(const py::object& self) {
  const auto& store = self.cast<const Store&>();
  const auto dim = static_cast<std::size_t>(store.dim());
  py::list found;
  for (std::size_t first = 0, next = 0; first < store.size(); first = next) {
    const float* start = store.vector(first).data();
    for (next = first + 1; next < store.size() && store.vector(next).data() == start + (next - first) * dim;) ++next;
    found.append(py::make_tuple(first, view(start, {static_cast<std::int64_t>(next - first), store.dim()}, self)));
  }
  return found;
}

// [(path, start, end, score, p, z, p_is_bound)]
py::list hits_of(const std::vector<api::Hit>& hits) {
  py::list found;
  for (const api::Hit& hit : hits)
    found.append(py::make_tuple(path_text(hit.path), hit.start, hit.end, hit.score, hit.p, hit.z, hit.p_is_bound));
  return found;
}

using Query = py::array_t<float, py::array::c_style | py::array::forcecast>;

py::list search(const Store& store, const Query& query, bool is_text, std::size_t k, double min_score,
                std::optional<double> max_p, std::optional<double> min_z, bool per_video, std::size_t threads) {
  const std::span<const float> numbers(query.data(), static_cast<std::size_t>(query.size()));
  const api::SearchOptions options = {
      .k = k, .min_score = min_score, .max_p = max_p, .min_z = min_z, .per_video = per_video};
  return hits_of(long_call([&](std::stop_token stop) {
    return store.search(numbers, is_text, options, {.stop = std::move(stop), .threads = threads});
  }));
}

py::array_t<float> encode_query(const Store& store, const api::Model& model, const std::string& path) {
  std::vector<float> query =
      long_call([&](std::stop_token stop) { return store.encode_query(model, path, {.stop = std::move(stop)}); });
  const auto dim = static_cast<std::int64_t>(query.size());
  return owning_array(std::move(query), {dim});
}

api::Model load_model(const Store& store, const std::string& file, const std::string& device) {
  return long_call([&](std::stop_token) { return store.load_model(file, device); });
}

}  // namespace

void add_store(py::module_& module) {
  py::class_<Store>(module, "Store")
      .def_static("open", &open, py::arg("path"))
      .def_property_readonly("size", &Store::size)
      .def_property_readonly("dim", &Store::dim)
      .def_property_readonly("model_path", [](const Store& store) { return path_text(store.model_path()); })
      .def("pieces", &pieces)
      .def(
          "row", [](const Store& store, std::size_t index) { return row_fields(store.row(index)); }, py::arg("index"))
      .def("load_model", &load_model, py::arg("file"), py::arg("device"))
      .def("encode_query", &encode_query, py::arg("model"), py::arg("path"))
      .def("search", &search, py::arg("query"), py::arg("is_text"), py::arg("k"), py::arg("min_score"),
           py::arg("max_p"), py::arg("min_z"), py::arg("per_video"), py::arg("threads"));
}

}  // namespace tvts::python
