// Tensors through the engine, and what makes them of clips.
#include <pybind11/stl.h>

#include "python/native/clip.h"
#include "python/native/long_call.h"
#include "python/native/parts.h"
#include "tvts/api/torch.h"

namespace tvts::python {

namespace py = pybind11;

namespace {

// Each clip is copied once, into the call: tensors are made of clips that lie beside one another.
at::Tensor video_tensor(const api::Model& model, const std::vector<const HeldClip*>& held,
                        const std::string& preprocess) {
  return short_call([&] {
    std::vector<api::Clip> clips;
    for (const HeldClip* one : held) clips.push_back(one->clip);
    return api::video_tensor(model, clips, preprocess);
  });
}

at::Tensor encode_video(const api::Model& model, const at::Tensor& video, bool normalize) {
  return short_call([&] { return api::encode_video(model, video, normalize); });
}

at::Tensor encode_text(const api::Model& model, const at::Tensor& ids, bool normalize) {
  return short_call([&] { return api::encode_text(model, ids, normalize); });
}

at::Tensor token_ids(const api::Model& model, const std::vector<std::string>& texts) {
  return short_call([&] { return api::token_ids(model, texts); });
}

}  // namespace

void add_tensors(py::module_& module) {
  module.def("video_tensor", &video_tensor, py::arg("model"), py::arg("clips"), py::arg("preprocess"));
  module.def("token_ids", &token_ids, py::arg("model"), py::arg("texts"));
  module.def("encode_video", &encode_video, py::arg("model"), py::arg("video"), py::arg("normalize"));
  module.def("encode_text", &encode_text, py::arg("model"), py::arg("ids"), py::arg("normalize"));
}

}  // namespace tvts::python
