#include "tvts/api/evaluation_request.h"

#include <algorithm>
#include <filesystem>

#include "tvts/core/error.h"
#include "tvts/core/throw_if_stopped.h"
#include "tvts/core/version.h"

namespace tvts {
namespace {

void check_word(const char* flag, const std::string& value, const char* one, const char* other) {
  if (value != one && value != other) fail_usage(flag, " is '", value, "'; expected ", one, " or ", other);
}

void check_source(const api::EvaluateRequest& request) {
  const bool has_features = !request.video_features.empty();
  if (has_features == request.text_features.empty()) fail_usage("--video-features and --text-features go together");
  if (has_features && request.benchmarks != std::vector<std::string>{"retrieval"}) {
    fail_usage("--video-features and --text-features are those of `tvts eval retrieval` alone");
  }
  if (!has_features && request.data.empty()) fail_usage("--data is missing: the folder of the data set");
  if (request.benchmarks.size() > 1 && !(request.annotations + request.form).empty()) {
    fail_usage("--annotations and --form are those of one benchmark, not of ", request.benchmarks.size());
  }
}

void check_words(const api::EvaluateRequest& request) {
  check_word("--captions", request.captions, "one", "all");
  check_word("--short-clips", request.short_clips, "zeros", "repeat");
  check_word("--frame-count", request.frame_count, "decoded", "promised");
  if (request.resamples < kFewestResamples) {
    fail_usage("--resamples is ", request.resamples, "; expected ", kFewestResamples, " or more");
  }
  tie_rule_named(request.ties);
  first_row_named(request.first_row);
  for (const std::string& one : request.templates) {
    if (one.find("{}") == std::string::npos) fail_usage("--template is '", one, "'; expected {} in place of the class");
  }
}

}  // namespace

void check(const api::EvaluateRequest& request) {
  if (request.benchmarks.empty()) fail_usage("no benchmark; expected one or more, such as msrvtt");
  check_source(request);
  if (request.video.window > 0) fail_usage("--window is of no use here: a benchmark has one clip a video");
  if (request.output.empty()) fail_usage("--output is empty; expected a folder");
  for (const std::string& name : request.benchmarks) {
    if (std::ranges::count(request.benchmarks, name) > 1) {
      fail_usage(name, " is named twice; expected each benchmark once");
    }
  }
  check_words(request);
  for (const std::string& name : request.benchmarks) benchmark_title(name);
}

BenchmarkOptions benchmark_options(const api::EvaluateRequest& request, const std::string& name) {
  const std::string inside = request.data + "/" + name;
  std::error_code error;
  const bool is_inside = std::filesystem::is_directory(inside, error);
  if (!is_inside && request.benchmarks.size() > 1) {
    fail_input(request.data, ": found no folder ", name,
               " in it; several benchmarks lie in folders of their names here");
  }
  return {.data = is_inside ? inside : request.data,
          .annotations = request.annotations,
          .form = request.form,
          .videos = request.videos,
          .classes = request.classes,
          .split = request.split,
          .first_row = first_row_named(request.first_row),
          .all_captions = request.captions == "all",
          .path_column = request.path_column,
          .caption_column = request.caption_column,
          .label_column = request.label_column,
          .seed = request.seed};
}

EvaluateOptions evaluate_options(const api::EvaluateRequest& request, const JobControl& control) {
  return {.ties = tie_rule_named(request.ties),
          .bootstrap = {.resamples = request.resamples, .seed = request.seed, .threads = control.threads},
          .threads = control.threads,
          .pause = [stop = control.stop] { throw_if_stopped(stop); }};
}

void describe(Manifest& manifest, const api::EvaluateRequest& request) {
  manifest.ties = request.ties;
  manifest.first_row = request.first_row;
  manifest.captions = request.captions;
  manifest.seed = request.seed;
  manifest.tvts_version = std::string(version()) + " " + revision();
}

std::string store_of(const api::EvaluateRequest& request, const std::string& benchmark) {
  return request.output + "/" + benchmark + "/videos" + (request.short_clips == "repeat" ? "_repeat" : "") +
         (request.frame_count == "promised" ? "_promised" : "");
}

}  // namespace tvts
