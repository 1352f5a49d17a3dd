// Values of the library as Python's, and back.
#pragma once

#include <torch/extension.h>

#include <pybind11/numpy.h>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tvts/api/evaluate.h"

namespace tvts::python {

// Raw bytes as text; os.fsencode() gives them back. Of what is no path bytes that are no UTF-8 are kept in the same
// way.
pybind11::str path_text(const std::string& bytes);
pybind11::str text(const std::string& bytes);
pybind11::list texts(const std::vector<std::string>& all);

// A numpy array that owns the numbers, without a copy.
template <class Number>
pybind11::array_t<Number> owning_array(std::vector<Number> numbers, const std::vector<std::int64_t>& shape) {
  auto held = std::make_unique<std::vector<Number>>(std::move(numbers));
  const Number* first = held->data();
  const pybind11::capsule owner(held.get(), [](void* it) { delete static_cast<std::vector<Number>*>(it); });
  held.release();
  return pybind11::array_t<Number>(shape, first, owner);
}

// A read-only view of numbers that `owner` keeps.
template <class Number>
pybind11::array_t<Number> view(const Number* first, const std::vector<std::int64_t>& shape, pybind11::handle owner) {
  pybind11::array_t<Number> array(shape, first, owner);
  array.attr("setflags")(pybind11::arg("write") = false);
  return array;
}

// (path, start, end, warnings, frame_seconds, caption, label): the fields of tvts.Row.
pybind11::tuple row_fields(const api::Row& row);
// None, or (low, high).
pybind11::object interval(const std::optional<api::Interval>& interval);
// [(name, items, top1)]
pybind11::list class_results(const std::vector<api::ClassResult>& classes);

// [(path, reason)]
pybind11::list failures(const std::vector<api::Failure>& failed);

}  // namespace tvts::python
