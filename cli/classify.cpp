// tvts classify: zero-shot recognition. Which of the given labels does each video show?
#include <algorithm>
#include <iostream>
#include <iterator>

#include "cli/commands.h"
#include "cli/input_options.h"
#include "cli/model_options.h"
#include "cli/output.h"
#include "cli/runtime.h"
#include "cli/text_warnings.h"
#include "cli/video_options.h"
#include "tvts/core/error.h"
#include "tvts/core/json/json_text.h"
#include "tvts/core/log.h"
#include "tvts/features/embed_inputs.h"
#include "tvts/features/embed_reporter.h"
#include "tvts/features/label_classifier.h"
#include "tvts/features/text_embedder.h"
#include "tvts/media/inputs/label_file.h"

namespace tvts::cli {
namespace {

struct ClassifyOptions {
  InputOptions input;
  api::ModelSource model;
  api::VideoOptions video;
  std::string labels;
  std::vector<std::string> templates;
  std::size_t k = 5;
  bool json = false;
};

void declare_all(CLI::App& command, ClassifyOptions& options) {
  declare(command, options.input);
  declare(command, options.model);
  declare(command, options.video);
  command.add_option("--labels", options.labels, "labels, one a line, or a table or JSON map of them (- for stdin)")
      ->required();
  command
      .add_option("--template", options.templates,
                  "text around a label, with {} in its place; several are averaged (default: {})")
      ->allow_extra_args(false);
  command.add_option("-k,--top-k", options.k, "labels shown for each video")->check(at_least(1))->capture_default_str();
  command.add_flag("--json", options.json, "one JSON object a line instead of columns");
}

std::vector<std::string> labels_of(const std::string& path) {
  Labels labels = read_labels(read_text(path), path);
  for (const std::string& warning : labels.warnings) log_warning(warning);
  return std::move(labels.names);
}

class ResultPrinter {
 public:
  ResultPrinter(std::vector<std::string> labels, const at::Tensor& label_features, const ClassifyOptions& options)
      : labels_(std::move(labels)), classifier_(label_features), options_(options) {}

  void print(const EmbeddedItem& item) const {
    for (const EmbeddedRow& row : item.result.rows) {
      std::size_t rank = 0;
      for (const ScoredLabel& best : classifier_.best(row.embedding, options_.k)) {
        print_line(item.item, row.info, ++rank, best);
      }
    }
  }

 private:
  void print_line(const MediaItem& item, const RowInfo& info, std::size_t rank, const ScoredLabel& best) const {
    const std::string& label = labels_[best.label];
    if (options_.json) {
      Json line = path_fields(item.path);
      line["start"] = info.start;
      line["end"] = info.end;
      line["rank"] = rank;
      line["label"] = label;
      line["score"] = best.score;
      line["probability"] = best.probability;
      print_json(line);
    } else {
      print_columns({item.path, std::to_string(rank), label, fixed(best.score, 4), fixed(best.probability, 4),
                     fixed(info.start, 3), fixed(info.end, 3)});
    }
  }

  const std::vector<std::string> labels_;
  const LabelClassifier classifier_;
  const ClassifyOptions& options_;
};

int run(const ClassifyOptions& options) {
  if (options.labels == "-" && std::ranges::count(options.input.paths, "-") > 0) {
    fail_usage("standard input can be read once: give --labels or the videos as -, not both");
  }
  std::vector<std::string> labels = labels_of(options.labels);
  PretrainedModel pretrained = load_unsaid(options.model);
  const EmbedOptions embed = resolve(options.video, pretrained.spec);
  const std::vector<std::string> templates =
      options.templates.empty() ? std::vector<std::string>{"{}"} : options.templates;
  std::vector<std::string> texts;
  for (const std::string& one : templates) std::ranges::move(label_texts(labels, one), std::back_inserter(texts));
  warn_of_cut_texts(pretrained.tokenizer, texts, options.labels);
  const at::Tensor features = embed_labels(pretrained.model, pretrained.tokenizer, labels, templates, kTextBatch);
  const ResultPrinter printer(std::move(labels), features, options);

  const auto source = open_inputs(options.input.paths, options.input.rules, std::cin);
  ProgressOnStderr progress;
  EmbedReporter reporter(progress, source->size_hint(), std::exchange(pretrained.remarks, {}));
  embed_inputs(pretrained.model, embed, *source, stop_requested(), [&](const EmbeddedItem& item) {
    printer.print(item);
    reporter.add(item);
  });
  return reporter.finish() > 0 ? kSomeInputsFailed : 0;
}

}  // namespace

void add_classify(CLI::App& app, Action& action) {
  add_command<ClassifyOptions>(
      app, action, "classify", "Tell which of the given labels each video shows",
      [](CLI::App& command, ClassifyOptions& options) { declare_all(command, options); }, run);
}

}  // namespace tvts::cli
