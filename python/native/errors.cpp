// Exceptions of the library as Python's. Which of them an unreadable file becomes is decided in python/tvts/_errors.py,
// where the file is known.
#include <c10/util/Exception.h>

#include "python/native/parts.h"
#include "python/native/values.h"
#include "tvts/core/error.h"

namespace tvts::python {

namespace py = pybind11;

namespace {

PyObject* unreadable = nullptr;  // for as long as the process lives, as every exception type of a module

PyObject* exception_type(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kInput: return unreadable;
    case ErrorKind::kUsage: return PyExc_ValueError;
    case ErrorKind::kInterrupted: return PyExc_KeyboardInterrupt;
    default: return PyExc_RuntimeError;
  }
}

// With the exit code of its kind as an attribute.
void translate(std::exception_ptr thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const Error& error) {
    PyObject* type = exception_type(error.kind());
    const py::object translated = py::reinterpret_borrow<py::object>(type)(text(error.what()));
    translated.attr("exit_code") = error.exit_code();
    PyErr_SetObject(type, translated.ptr());
  } catch (const c10::Error& error) {
    PyErr_SetString(PyExc_RuntimeError, error.what_without_backtrace());
  }
}

}  // namespace

void add_errors(py::module_& module) {
  unreadable = PyErr_NewExceptionWithDoc("tvts._native.Unreadable", "A file cannot be read, or contradicts another.",
                                         PyExc_ValueError, nullptr);
  if (unreadable == nullptr) throw py::error_already_set();
  module.add_object("Unreadable", py::handle(unreadable));
  py::register_exception_translator(translate);
}

}  // namespace tvts::python
