// The published models' names and their tokenizer.
#include "tvts/api/published.h"

#include <pybind11/stl.h>

#include "python/native/long_call.h"
#include "python/native/parts.h"

namespace tvts::python {

namespace py = pybind11;
using api::Tokenizer;

namespace {

// int64 [texts, L]
at::Tensor encode(const Tokenizer& tokenizer, const std::vector<std::string>& texts) {
  return short_call([&] {
    const std::vector<std::int64_t> ids = tokenizer.encode(texts);
    return at::tensor(ids, at::kLong).view({-1, tokenizer.context_length()});
  });
}

}  // namespace

void add_published(py::module_& module) {
  module.def("model_names", &api::model_names);
  py::class_<Tokenizer>(module, "Tokenizer")
      .def_static("of_model", &Tokenizer::of_model, py::arg("model"), py::arg("special_tokens"))
      .def_static("of_length", &Tokenizer::of_length, py::arg("context_length"), py::arg("special_tokens"))
      .def_property_readonly("context_length", &Tokenizer::context_length)
      .def_property_readonly("vocab_size", &Tokenizer::vocab_size)
      .def("encode", &encode, py::arg("texts"));
}

}  // namespace tvts::python
