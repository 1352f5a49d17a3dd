#include "python/native/values.h"

namespace tvts::python {

namespace py = pybind11;

namespace {

py::str checked(PyObject* made) {
  if (made == nullptr) throw py::error_already_set();
  return py::reinterpret_steal<py::str>(made);
}

}  // namespace

py::str path_text(const std::string& bytes) {
  return checked(PyUnicode_DecodeFSDefaultAndSize(bytes.data(), static_cast<Py_ssize_t>(bytes.size())));
}

py::str text(const std::string& bytes) {
  return checked(PyUnicode_DecodeUTF8(bytes.data(), static_cast<Py_ssize_t>(bytes.size()), "surrogateescape"));
}

py::list texts(const std::vector<std::string>& all) {
  py::list found;
  for (const std::string& one : all) found.append(text(one));
  return found;
}

py::tuple row_fields(const api::Row& row) {
  return py::make_tuple(path_text(row.path), row.start, row.end, texts(row.warnings), row.frame_seconds,
                        text(row.caption), text(row.label));
}

py::object interval(const std::optional<api::Interval>& interval) {
  return interval ? py::object(py::make_tuple(interval->low, interval->high)) : py::object(py::none());
}

py::list class_results(const std::vector<api::ClassResult>& classes) {
  py::list found;
  for (const api::ClassResult& one : classes) found.append(py::make_tuple(text(one.name), one.items, one.top1));
  return found;
}

py::list failures(const std::vector<api::Failure>& failed) {
  py::list found;
  for (const api::Failure& one : failed) found.append(py::make_tuple(path_text(one.path), text(one.reason)));
  return found;
}

}  // namespace tvts::python
