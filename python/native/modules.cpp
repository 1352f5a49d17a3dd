// The model as it is defined (tvts/model/plain), with weights of its own that take gradients: for tvts.nn, whose
// modules hold these parameters.
#include "python/native/modules.h"

#include <pybind11/stl.h>

#include "python/native/long_call.h"
#include "python/native/parts.h"
#include "python/native/values.h"
#include "tvts/api/data_files.h"
#include "tvts/api/open_model.h"
#include "tvts/features/encoder_input.h"
#include "tvts/model/plain/initialise.h"
#include "tvts/model/plain/tube_mask.h"
#include "tvts/model/pretrained/own_parameters.h"
#include "tvts/model/pretrained/save_model.h"
#include "tvts/model/weights/model_json.h"
#include "tvts/train/objective/contrastive.h"
#include "tvts/train/objective/sorting.h"

namespace tvts::python {

namespace py = pybind11;

void take_gradients(DualEncoder& model) {
  for (auto& [name, parameter] : named_parameters(model)) parameter.requires_grad_(true);
}

namespace {

// What the layers themselves refuse is an argument of the caller's here.
template <class Call>
auto checked(Call&& call) {
  return short_call([&] {
    try {
      return call();
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::kInput) throw;
      fail_usage(error.what());
    }
  });
}

std::shared_ptr<Modules> load(const std::string& file, const api::LoadOptions& options) {
  return long_call([&](std::stop_token) {
    const AskedModel asked = asked_model(options.model, options.activation, options.special_tokens);
    const ModelState state = open_model_state(pretrained_or_small(file), asked.config,
                                              {.activation = asked.activation, .special_tokens = asked.special_tokens});
    log(remarks_on(state.path, state));
    auto modules = std::make_shared<Modules>(Modules{state.spec, dual_encoder_of(state), {}});
    own_parameters(modules->model);
    take_gradients(modules->model);
    return modules;
  });
}

// Weights are unset. segments: K of the sort head; 0: without one.
std::shared_ptr<Modules> modules_of(ModelSpec spec, std::int64_t segments) {
  DualEncoder model = make_dual_encoder(spec.config);
  if (segments > 0) model.sort_head = SortHead(spec.config.embed_dim, segments);
  take_gradients(model);
  return std::make_shared<Modules>(Modules{std::move(spec), std::move(model), {}});
}

// Of a name or a JSON file of sizes, with random weights.
std::shared_ptr<Modules> random(const std::string& model, std::uint64_t seed, std::int64_t segments) {
  return checked([&] {
    ModelSpec spec;
    spec.config = model_config(model);
    spec.origin = concat("init seed ", seed);
    spec.tokenizer.special_tokens = default_special_tokens(spec.config.kind);
    std::shared_ptr<Modules> modules = modules_of(std::move(spec), segments);
    const at::NoGradGuard no_gradient;
    initialise(modules->model, seed, TemporalStart::kRandom);
    return modules;
  });
}

// What metadata() and segments() said of another: the weights are not set.
std::shared_ptr<Modules> of_metadata(const Metadata& metadata, std::int64_t segments) {
  return checked([&] { return modules_of(spec_from_metadata(metadata, "the pickled model"), segments); });
}

std::int64_t segments(const Modules& modules) {
  for (const auto& [name, parameter] : named_parameters(modules.model))
    if (name == "pred_model.head.bias") return parameter.size(0);
  return 0;
}

using OptionalTensor = std::optional<at::Tensor>;

// (embedding [B, E], tokens)
std::pair<at::Tensor, at::Tensor> encode_video(Modules& modules, const at::Tensor& video, const OptionalTensor& keep) {
  return checked([&] {
    VideoFeatures found = modules.model.video->forward(video, keep.value_or(at::Tensor()));
    return std::pair(std::move(found.embedding), std::move(found.tokens));
  });
}

at::Tensor encode_text(Modules& modules, const at::Tensor& ids) {
  return checked([&] { return modules.model.text->forward(ids); });
}

at::Tensor token_ids(Modules& modules, const std::vector<std::string>& texts) {
  if (!modules.tokenizer) modules.tokenizer = make_tokenizer(modules.spec, vocabulary_path());
  return short_call([&] { return tvts::token_ids(*modules.tokenizer, texts); });
}

at::Tensor sort(Modules& modules, const at::Tensor& video_tokens, const at::Tensor& text_features) {
  return checked([&] {
    if (modules.model.sort_head.is_empty()) fail_usage("this model has no sort head; make one with segments=K");
    return modules.model.sort_head->forward(video_tokens, text_features);
  });
}

void set_recompute(Modules& modules, bool recompute) {
  modules.model.video->set_recompute(recompute);
  modules.model.text->set_recompute(recompute);
}

void save(const Modules& modules, const std::string& path) {
  short_call([&] {
    ModelSpec spec = modules.spec;
    constexpr char kFineTuned[] = "fine-tuned from ";
    if (!spec.origin.starts_with(kFineTuned)) spec.origin = kFineTuned + spec.origin;
    save_model(path, modules.model, spec);
    return true;
  });
}

at::Tensor tube_mask(std::int64_t batch, std::int64_t patches_per_frame, double ratio, const at::Generator& generator) {
  return checked([&] { return random_tube_mask(batch, patches_per_frame, ratio, generator); });
}

at::Tensor contrastive(const at::Tensor& videos, const at::Tensor& texts, double temperature) {
  return checked([&] { return contrastive_loss(similarity_matrix(videos, texts), temperature); });
}

}  // namespace

void add_modules(py::module_& module) {
  py::class_<Modules, std::shared_ptr<Modules>>(module, "Modules")
      .def_static("load", &load, py::arg("file"), py::arg("options"))
      .def_static("random", &random, py::arg("model"), py::arg("seed"), py::arg("segments"))
      .def_static("of_metadata", &of_metadata, py::arg("metadata"), py::arg("segments"))
      .def("metadata", [](const Modules& modules) { return spec_to_metadata(modules.spec); })
      .def("segments", &segments)
      .def("sizes",
           [](const Modules& modules) {
             const ModelConfig& config = modules.spec.config;
             return py::make_tuple(config.embed_dim, config.video.num_frames, config.video.image_size,
                                   config.video.patches_per_frame(), config.text.context_length);
           })
      .def("named_parameters", [](const Modules& modules) { return named_parameters(modules.model); })
      .def("encode_video", &encode_video, py::arg("video"), py::arg("keep"))
      .def("encode_text", &encode_text, py::arg("ids"))
      .def("token_ids", &token_ids, py::arg("texts"))
      .def("sort", &sort, py::arg("video_tokens"), py::arg("text_features"))
      .def("set_recompute", &set_recompute, py::arg("recompute"))
      .def("save", &save, py::arg("path"));
  module.def("tube_mask", &tube_mask, py::arg("batch"), py::arg("patches_per_frame"), py::arg("ratio"),
             py::arg("generator"));
  module.def("contrastive_loss", &contrastive, py::arg("videos"), py::arg("texts"), py::arg("temperature"));
  module.def(
      "sorting_loss", [](const at::Tensor& logits) { return checked([&] { return sorting_loss(logits); }); },
      py::arg("logits"));
}

}  // namespace tvts::python
