// Attention maps.
#include "tvts/api/attention.h"

#include "python/native/long_call.h"
#include "python/native/parts.h"
#include "python/native/requests.h"
#include "python/native/values.h"

namespace tvts::python {

namespace py = pybind11;

namespace {

// (layer, frame_seconds, frame_indices, kept_patches)
py::tuple fields_of(const api::AttendedClip& clip) {
  return py::make_tuple(clip.layer, clip.frame_seconds, clip.frame_indices, clip.kept_patches);
}

// (clip, patches [H, T, rows, columns], cls [H], [(share, peak_row, peak_column)])
py::tuple attention_maps(const api::AttentionRequest& request) {
  api::AttentionMaps maps =
      long_call([&](std::stop_token stop) { return api::attention_maps(request, {.stop = std::move(stop)}); });
  py::list frames;
  for (const api::FrameAttention& one : maps.of_frames)
    frames.append(py::make_tuple(one.share, one.peak_row, one.peak_column));
  return py::make_tuple(fields_of(maps.clip),
                        owning_array(std::move(maps.patches), {maps.heads, maps.frames, maps.rows, maps.columns}),
                        owning_array(std::move(maps.cls), {maps.heads}), frames);
}

// (clip, weights [H, 1 + T], mean [1 + T])
py::tuple attention_over_time(const api::AttentionRequest& request, std::int64_t frame, std::int64_t row,
                              std::int64_t column) {
  const api::Patch patch = {.frame = frame, .row = row, .column = column};
  api::PatchAttention found = long_call(
      [&](std::stop_token stop) { return api::attention_over_time(request, patch, {.stop = std::move(stop)}); });
  return py::make_tuple(fields_of(found.clip), owning_array(std::move(found.weights), {found.heads, 1 + found.frames}),
                        owning_array(std::move(found.mean), {1 + found.frames}));
}

}  // namespace

void add_attention(py::module_& module) {
  using Request = api::AttentionRequest;
  RequestClass<Request>(module, "AttentionRequest")
      .field("path", &Request::path)
      .field("start", &Request::start)
      .field("end", &Request::end)
      .field("layer", &Request::layer)
      .field("per_head", &Request::per_head)
      .field("mask_ratio", &Request::mask_ratio)
      .field("seed", &Request::seed)
      .field("outputs", &Request::outputs)
      .field("frames_per_second", &Request::frames_per_second)
      .field("model", &Request::model)
      .field("video", &Request::video);
  module.def("attention_maps", &attention_maps, py::arg("request"));
  module.def("attention_over_time", &attention_over_time, py::arg("request"), py::arg("frame"), py::arg("row"),
             py::arg("column"));
}

}  // namespace tvts::python
