// tvts bench: how fast a model is on this machine and these videos, and which stage takes the time.
#include <iostream>

#include "cli/commands.h"
#include "cli/input_options.h"
#include "cli/model_options.h"
#include "cli/output.h"
#include "cli/runtime.h"
#include "cli/video_options.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/core/version.h"
#include "tvts/features/speed.h"
#include "tvts/media/inputs/input_list.h"

namespace tvts::cli {
namespace {

struct BenchOptions {
  InputOptions input;
  api::ModelSource model;
  api::VideoOptions video;
  std::size_t rounds = 5;
  bool json = false;
};

void declare_all(CLI::App& command, BenchOptions& options) {
  declare(command, options.input, /*required=*/false);
  declare(command, options.model);
  declare(command, options.video);
  command.add_option("--rounds", options.rounds, "runs of each stage, of which the median counts")
      ->check(at_least(1))
      ->capture_default_str();
  command.add_flag("--json", options.json, "one JSON object instead of a table");
}

std::vector<MediaItem> all_of(const BenchOptions& options) {
  std::vector<MediaItem> videos;
  const auto source = open_inputs(options.input.paths, options.input.rules, std::cin);
  while (auto item = source->next()) {
    throw_if_stopped();
    videos.push_back(std::move(*item));
  }
  return videos;
}

struct Stage {
  const char* key;
  const char* title;
  double seconds;
};

std::vector<Stage> stages_of(const SpeedReport& report) {
  std::vector<Stage> stages = {{"model", "video encoder, a clip", report.model_seconds},
                               {"text", "text encoder, a text", report.text_seconds}};
  if (report.clips == 0) return stages;
  stages.push_back({"decode", "decoding alone on all cores, a clip", report.decode_seconds});
  stages.push_back({"whole", "files to embeddings, a clip", report.whole_seconds});
  return stages;
}

Table table_of(const SpeedReport& report, const std::string& title) {
  Table table = {.title = title, .columns = {"stage", "milliseconds", "a second"}};
  for (const Stage& stage : stages_of(report)) {
    table.rows.push_back(
        {text_cell(stage.title), number_cell(1e3 * stage.seconds, 2), number_cell(1 / stage.seconds, 2)});
  }
  if (report.clips == 0) {
    table.notes = {"Give videos to see how fast they are decoded and embedded."};
    return table;
  }
  const double turns = report.turns_seconds();
  table.notes = {
      concat("Decoding is ", fixed(100 * report.decode_seconds / turns, 0), " % of the work, the model ",
             fixed(100 * report.model_seconds / turns, 0), " %. The whole runs at ",
             fixed(100 * turns / report.whole_seconds, 0), " % of what the two give in turns."),
      concat(report.clips, " clips", report.failed > 0 ? concat("; ", report.failed, " videos failed") : "", ".")};
  return table;
}

Json json_of(const SpeedReport& report) {
  Json json;
  for (const Stage& stage : stages_of(report)) json[stage.key] = {{"seconds", stage.seconds}};
  if (report.clips == 0) return json;
  json["decode_share"] = report.decode_seconds / report.turns_seconds();
  json["whole_against_turns"] = report.turns_seconds() / report.whole_seconds;
  json["clips"] = report.clips;
  json["failed"] = report.failed;
  return json;
}

int run(const BenchOptions& options) {
  const std::vector<MediaItem> videos = options.input.paths.empty() ? std::vector<MediaItem>() : all_of(options);
  PretrainedModel pretrained = load(options.model);
  const EmbedOptions embed = resolve(options.video, pretrained.spec);
  SpeedTest test(pretrained.model, embed, thread_count(), options.rounds, stop_requested());
  SpeedReport report;
  test.measure_model(report);
  test.measure_texts(pretrained.tokenizer, lines_in(read_text(data_file("neutral_texts.txt"))), report);
  if (!videos.empty()) test.measure_videos(videos, report);

  const std::string name = pretrained.spec.config.name, precision = to_string(pretrained.model.precision());
  if (options.json) {
    Json json = {{"model", name},
                 {"precision", precision},
                 {"fast_path", pretrained.model.is_fast()},
                 {"device", options.model.options.device},
                 {"threads", thread_count()},
                 {"workers", embed.workers},
                 {"batch_size", embed.batch_size},
                 {"frames", embed.clips.num_frames},
                 {"image_size", embed.clips.image_size},
                 {"rounds", options.rounds},
                 {"tvts_version", version()}};
    json.update(json_of(report));
    print_json(json);
  } else {
    print_tables({table_of(
        report, concat(name, ", ", precision, ", ", embed.clips.num_frames, " frames of ", embed.clips.image_size,
                       " pixels, ", thread_count(), " threads, batch ", embed.batch_size))});
  }
  if (report.failed > 0) log_warning(concat(report.failed, " videos cannot be read"));
  return report.failed > 0 ? kSomeInputsFailed : 0;
}

}  // namespace

void add_bench(CLI::App& app, Action& action) {
  add_command<BenchOptions>(
      app, action, "bench", "Measure how fast a model is here",
      [](CLI::App& command, BenchOptions& options) { declare_all(command, options); }, run);
}

}  // namespace tvts::cli
