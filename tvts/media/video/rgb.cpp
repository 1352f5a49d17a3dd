#include "tvts/media/video/rgb.h"

extern "C" {
#include <libavfilter/buffersink.h>
#include <libavfilter/buffersrc.h>
#include <libavutil/pixdesc.h>
}

#include <algorithm>

#include "tvts/core/error.h"

namespace tvts {
namespace {

void check(int code, const char* what) {
  if (code < 0) fail(ErrorKind::kFailed, "colour conversion: ", what, ": ", av_error_text(code));
}

AVFilterContext* add_filter(AVFilterGraph& graph, const char* name, const std::string& arguments,
                            AVFilterContext* previous) {
  AVFilterContext* filter = nullptr;
  check(avfilter_graph_create_filter(&filter, avfilter_get_by_name(name), nullptr, arguments.c_str(), nullptr, &graph),
        name);
  if (previous != nullptr) check(avfilter_link(previous, 0, filter, 0), name);
  return filter;
}

}  // namespace

void RgbConverter::build(const AVFrame& frame) {
  graph_.reset(av_made(avfilter_graph_alloc()));
  graph_->nb_threads = 1;
  av_freep(&graph_->scale_sws_opts);
  graph_->scale_sws_opts = av_made(av_strdup("flags=bicubic"));  // of the converter that negotiation inserts
  const AVRational aspect = frame.sample_aspect_ratio;
  source_ = add_filter(*graph_, "buffer",
                       concat("video_size=", frame.width, "x", frame.height, ":pix_fmt=", frame.format,
                              ":time_base=1/1:pixel_aspect=", aspect.num, "/", std::max(aspect.den, 1)),
                       nullptr);
  AVFilterContext* last = source_;
  if (frame.width != width_ || frame.height != height_) {
    last = add_filter(*graph_, "scale", concat(width_, ":", height_, ":flags=bicubic"), last);
  }
  last = add_filter(*graph_, "format", "pix_fmts=rgb24", last);
  sink_ = add_filter(*graph_, "buffersink", "", last);
  check(avfilter_graph_config(graph_.get(), nullptr), "filter graph");
  graph_width_ = frame.width, graph_height_ = frame.height, graph_format_ = frame.format;
}

RgbView RgbConverter::convert(const AVFrame& frame) {
  if (frame.width != graph_width_ || frame.height != graph_height_ || frame.format != graph_format_) build(frame);
  const FramePtr input(av_made(av_frame_clone(&frame)));
  av_frame_unref(converted_.get());
  check(av_buffersrc_add_frame(source_, input.get()), "frame in");
  check(av_buffersink_get_frame(sink_, converted_.get()), "frame out");
  return {converted_->width, converted_->height, converted_->data[0], converted_->linesize[0]};
}

}  // namespace tvts
