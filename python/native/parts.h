// The parts of the native module, one file each: every one adds its names to the module.
#pragma once

#include <torch/extension.h>

namespace tvts::python {

void add_errors(pybind11::module_& module);
void add_log(pybind11::module_& module);
void add_model(pybind11::module_& module);
void add_clips(pybind11::module_& module);
void add_tensors(pybind11::module_& module);
void add_store(pybind11::module_& module);
void add_published(pybind11::module_& module);
void add_modules(pybind11::module_& module);
void add_metrics(pybind11::module_& module);
void add_pretrain(pybind11::module_& module);
void add_training_data(pybind11::module_& module);
void add_evaluate(pybind11::module_& module);
void add_probe(pybind11::module_& module);
void add_attention(pybind11::module_& module);
void add_train(pybind11::module_& module);

}  // namespace tvts::python
