// Fields of a request of the library as attributes of a Python class.
#pragma once

#include <pybind11/stl.h>
#include <torch/extension.h>

namespace tvts::python {

template <class Request>
class RequestClass {
 public:
  RequestClass(pybind11::module_& module, const char* name) : class_(module, name) { class_.def(pybind11::init<>()); }

  template <class Field>
  RequestClass& field(const char* name, Field Request::*member) {
    class_.def_readwrite(name, member);
    return *this;
  }

 private:
  pybind11::class_<Request> class_;
};

}  // namespace tvts::python
