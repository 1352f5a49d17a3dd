#include "cli/inspect.h"
#include "cli/output.h"
#include "cli/runtime.h"
#include "tvts/core/error.h"
#include "tvts/core/json/json_text.h"
#include "tvts/media/video/inspect.h"

namespace tvts::cli {
namespace {

Json stream_json(const StreamDescription& stream) {
  Json json = {{"kind", stream.kind}, {"codec", stream.codec}, {"chosen", stream.chosen}};
  if (stream.width > 0) {
    json.update({{"width", stream.width},
                 {"height", stream.height},
                 {"pixel_format", stream.pixel_format},
                 {"frame_rate", stream.frame_rate},
                 {"rotation", stream.rotation_degrees},
                 {"sample_aspect", std::to_string(stream.aspect_num) + ":" + std::to_string(stream.aspect_den)},
                 {"frames_promised", stream.frames_promised}});
  }
  if (stream.sample_rate > 0) json.update({{"sample_rate", stream.sample_rate}, {"channels", stream.channels}});
  return json;
}

Json clip_json(const ClipDescription& clip) {
  Json frames = Json::array();
  for (const FrameDescription& frame : clip.frames) {
    frames.push_back({{"index", frame.index}, {"time", frame.seconds}});
  }
  return {{"start", clip.start_seconds}, {"end", clip.end_seconds}, {"frames", frames}};
}

Json video_json(const std::string& path, const VideoDescription& video) {
  Json json = {{"kind", "video"}};
  json.update(path_fields(path));
  json.update({{"container", video.container},
               {"container_duration", video.container_seconds},
               {"duration", video.report.duration_seconds},
               {"frames_promised", video.report.frames_promised},
               {"frames_found", video.report.frames_found},
               {"decode_errors", video.report.decode_errors},
               {"warnings", video.report.warnings}});
  json["streams"] = Json::array();
  for (const StreamDescription& stream : video.streams) json["streams"].push_back(stream_json(stream));
  json["clips"] = Json::array();
  for (const ClipDescription& clip : video.clips) json["clips"].push_back(clip_json(clip));
  return json;
}

void print_stream(const StreamDescription& stream) {
  std::vector<std::string> columns = {"stream", stream.kind + (stream.chosen ? " (used)" : ""), stream.codec};
  if (stream.width > 0) {
    columns.push_back(concat(stream.width, "x", stream.height));
    columns.push_back(stream.pixel_format);
    columns.push_back(fixed(stream.frame_rate, 3) + " frames/s");
    columns.push_back("rotation " + fixed(stream.rotation_degrees, 0));
    columns.push_back(concat("sample aspect ", stream.aspect_num, ":", stream.aspect_den));
  }
  if (stream.sample_rate > 0) columns.push_back(concat(stream.sample_rate, " Hz, ", stream.channels, " channels"));
  print_columns(columns);
}

}  // namespace

void print_video(const std::string& path, const ClipOptions& options, bool json) {
  const VideoDescription video = inspect_video({.path = path, .content = nullptr}, options, stop_requested());
  if (json) return print_json(video_json(path, video));
  const VideoReport& report = video.report;
  print_columns({"container", video.container, "duration " + fixed(report.duration_seconds, 3) + " s"});
  for (const StreamDescription& stream : video.streams) print_stream(stream);
  print_columns({"frames", concat(report.frames_found, " found"), concat(report.frames_promised, " promised"),
                 concat(report.decode_errors, " decode errors")});
  for (const std::string& warning : report.warnings) print_columns({"warning", warning});
  for (const ClipDescription& clip : video.clips) {
    for (const FrameDescription& frame : clip.frames) {
      print_columns({"use", concat("frame ", frame.index), fixed(frame.seconds, 3) + " s",
                     "clip " + fixed(clip.start_seconds, 3) + " to " + fixed(clip.end_seconds, 3) + " s"});
    }
  }
}

}  // namespace tvts::cli
