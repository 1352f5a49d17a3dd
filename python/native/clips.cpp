// Pixels of clips: read from a file, or chosen from frames in memory.
#include "python/native/clip.h"

#include <pybind11/stl.h>

#include "python/native/long_call.h"
#include "python/native/parts.h"
#include "python/native/values.h"

namespace tvts::python {

namespace py = pybind11;

namespace {

std::vector<HeldClip> held(api::VideoClips found) {
  std::vector<HeldClip> clips;
  for (api::Clip& clip : found.clips) clips.push_back({std::move(clip), found.warnings});
  return clips;
}

HeldClip read_clip(const std::string& path, const api::ReadOptions& options) {
  return long_call([&](std::stop_token stop) {
    return std::move(held(api::read_clip(path, options, {.stop = std::move(stop)})).at(0));
  });
}

std::vector<HeldClip> read_clips(const api::Model& model, const std::string& path, const api::VideoOptions& options) {
  return long_call(
      [&](std::stop_token stop) { return held(api::read_clips(model, path, options, {.stop = std::move(stop)})); });
}

using Pixels = py::array_t<std::uint8_t, py::array::c_style>;
using Seconds = py::array_t<double, py::array::c_style | py::array::forcecast>;

// frames: uint8 [T, H, W, 3]
HeldClip clip_of_frames(const api::Model& model, const Pixels& frames, const Seconds& seconds, bool still_image,
                        const api::VideoOptions& options) {
  if (frames.ndim() != 4 || frames.shape(3) != 3) throw py::value_error("frames: expected uint8 [T, H, W, 3]");
  const api::Frames taken = {.rgb = {frames.data(), static_cast<std::size_t>(frames.size())},
                             .count = frames.shape(0),
                             .height = frames.shape(1),
                             .width = frames.shape(2),
                             .seconds = {seconds.data(), static_cast<std::size_t>(seconds.size())}};
  return short_call([&] {
    api::Clip clip = api::clip_of_frames(model, taken, options);
    clip.still_image = still_image && clip.frames == 1;
    return HeldClip{std::move(clip), {}};
  });
}

// A view that keeps the clip alive, and may be written to.
py::array_t<std::uint8_t> pixels(const py::object& self) {
  const api::Clip& clip = self.cast<const HeldClip&>().clip;
  return py::array_t<std::uint8_t>({clip.frames, clip.image_size, clip.image_size, std::int64_t{3}}, clip.pixels.data(),
                                   self);
}

// A clip of its parts, as it comes out of another process. pixels: uint8 [T, R, R, 3]
HeldClip clip_of_parts(const Pixels& pixels, double start, double end, std::vector<double> seconds,
                       std::vector<std::int64_t> frame_indices, bool still_image, std::vector<std::string> warnings) {
  if (pixels.ndim() != 4) throw py::value_error("pixels: expected uint8 [T, R, R, 3]");
  return {{.pixels = {pixels.data(), pixels.data() + pixels.size()},
           .frames = pixels.shape(0),
           .image_size = pixels.shape(1),
           .start = start,
           .end = end,
           .frame_seconds = std::move(seconds),
           .frame_indices = std::move(frame_indices),
           .still_image = still_image},
          std::move(warnings)};
}

void add_read_options(py::module_& module) {
  py::class_<api::ReadOptions>(module, "ReadOptions")
      .def(py::init<>())
      .def_readwrite("preprocess", &api::ReadOptions::preprocess)
      .def_readwrite("num_frames", &api::ReadOptions::num_frames)
      .def_readwrite("image_size", &api::ReadOptions::image_size)
      .def_readwrite("start", &api::ReadOptions::start)
      .def_readwrite("end", &api::ReadOptions::end)
      .def_readwrite("stored_aspect", &api::ReadOptions::stored_aspect)
      .def_readwrite("stored_rotation", &api::ReadOptions::stored_rotation)
      .def_readwrite("time_budget", &api::ReadOptions::time_budget)
      .def_readwrite("memory_budget", &api::ReadOptions::memory_budget);
}

}  // namespace

void add_clips(py::module_& module) {
  add_read_options(module);
  py::class_<HeldClip>(module, "HeldClip")
      .def_static("of", &clip_of_parts, py::arg("pixels"), py::arg("start"), py::arg("end"), py::arg("seconds"),
                  py::arg("frame_indices"), py::arg("still_image"), py::arg("warnings"))
      .def_property_readonly("pixels", &pixels)
      .def_property_readonly("start", [](const HeldClip& held) { return held.clip.start; })
      .def_property_readonly("end", [](const HeldClip& held) { return held.clip.end; })
      .def_property_readonly("seconds", [](const HeldClip& held) { return held.clip.frame_seconds; })
      .def_property_readonly("frame_indices", [](const HeldClip& held) { return held.clip.frame_indices; })
      .def_property_readonly("still_image", [](const HeldClip& held) { return held.clip.still_image; })
      .def_property_readonly("warnings", [](const HeldClip& held) { return texts(held.warnings); });
  module.def("read_clip", &read_clip, py::arg("path"), py::arg("options"));
  module.def("read_clips", &read_clips, py::arg("model"), py::arg("path"), py::arg("options"));
  module.def("clip_of_frames", &clip_of_frames, py::arg("model"), py::arg("frames"), py::arg("seconds"),
             py::arg("still_image"), py::arg("options"));
}

}  // namespace tvts::python
