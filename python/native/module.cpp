// The native module of the Python package: the public face of the library (tvts/api), the measures, the trainer.
// Nothing here decides anything; what Python's users see is in python/tvts.
#include "python/native/parts.h"
#include "tvts/core/version.h"

PYBIND11_MODULE(_native, module) {
  using namespace tvts::python;
  module.doc() = "What the package tvts is made of; for its own modules alone.";
  module.def("version", [] { return std::string(tvts::version()); });
  module.attr("torch_version") = TORCH_VERSION;  // that this was built with
  add_errors(module);
  add_log(module);
  add_model(module);
  add_clips(module);
  add_tensors(module);
  add_store(module);
  add_published(module);
  add_modules(module);
  add_metrics(module);
  add_pretrain(module);
  add_training_data(module);
  add_evaluate(module);
  add_probe(module);
  add_attention(module);
  add_train(module);
}
