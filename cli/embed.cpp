// tvts embed: videos (or texts) to vectors, into one .npy file or a store folder.
#include <algorithm>
#include <iostream>
#include <iterator>

#include "cli/commands.h"
#include "cli/input_options.h"
#include "cli/job.h"
#include "cli/model_options.h"
#include "cli/output.h"
#include "cli/runtime.h"
#include "cli/text_warnings.h"
#include "cli/video_options.h"
#include "tvts/api/fill_store.h"
#include "tvts/api/store_model.h"
#include "tvts/core/error.h"
#include "tvts/core/json/json_text.h"
#include "tvts/core/log.h"
#include "tvts/core/progress.h"
#include "tvts/features/embed_inputs.h"
#include "tvts/features/embed_reporter.h"
#include "tvts/features/npy_output.h"
#include "tvts/features/text_embedder.h"
#include "tvts/features/token_output.h"
#include "tvts/media/inputs/file_text.h"
#include "tvts/store/store_folder.h"
#include "tvts/text/clean.h"

namespace tvts::cli {
namespace {

struct EmbedCommandOptions {
  InputOptions input;
  api::ModelSource model;
  api::VideoOptions video;
  std::string texts;
  std::string output;
  bool no_normalize = false;
  bool tokens = false;
  bool resume = false;
  bool overwrite = false;
  bool retry_failed = false;
  std::size_t shard_size = StoreOptions().shard_size;
};

void declare_all(CLI::App& command, EmbedCommandOptions& options) {
  declare(command, options.input, /*required=*/false);
  declare(command, options.model);
  declare(command, options.video);
  command.add_option("--texts", options.texts, "embed texts instead: a file with one text a line (- for stdin)");
  command.add_option("--output", options.output, "FILE.npy, or a folder for a store that `tvts search` reads")
      ->required();
  command.add_flag("--no-normalize", options.no_normalize, "keep the vectors' length");
  command.add_flag("--tokens", options.tokens, "per-frame and per-token features too, one .npz a clip");
  command.add_flag("--resume", options.resume, "store: go on with what is there (the default)");
  command.add_flag("--overwrite", options.overwrite, "store: start anew")->excludes("--resume");
  command.add_flag("--retry-failed", options.retry_failed, "store: try again what failed before");
  command.add_option("--shard-size", options.shard_size, "store: inputs in one shard")
      ->check(at_least(1))
      ->capture_default_str();
}

std::string read_lists(const std::vector<std::string>& paths) {
  if (std::find(paths.begin(), paths.end(), "-") == paths.end()) return "";
  return {std::istreambuf_iterator<char>(std::cin), {}};
}

int embed_into_folder(const EmbedCommandOptions& options, PretrainedModel& pretrained, const EmbedOptions& embed) {
  const StoreJob job = {.dir = options.output,
                        .items = ItemList(options.input.paths, options.input.rules, read_lists(options.input.paths)),
                        .embed = embed,
                        .overwrite = options.overwrite,
                        .retry_failed = options.retry_failed,
                        .shard_size = options.shard_size};
  ProgressOnStderr progress;
  return embed_into_store(job, pretrained, known_hashes(), job_control(progress)).failed > 0 ? kSomeInputsFailed : 0;
}

int embed_into_file(const EmbedCommandOptions& options, PretrainedModel& pretrained, const EmbedOptions& embed) {
  const auto source = open_inputs(options.input.paths, options.input.rules, std::cin);
  NpyOutput output(options.output, pretrained.spec.config.embed_dim);
  const std::string tokens_folder = beside(options.output, ".tokens");
  const std::string tokens_base = std::filesystem::path(tokens_folder).filename().string() + "/";
  ProgressOnStderr progress;
  EmbedReporter reporter(progress, source->size_hint(), std::exchange(pretrained.remarks, {}));
  embed_inputs(pretrained.model, embed, *source, stop_requested(), [&](EmbeddedItem& item) {
    if (embed.tokens) write_tokens(item, tokens_folder, tokens_base);
    output.add(item);
    reporter.add(item);
  });
  const std::size_t failed = reporter.finish();
  if (!output.finish()) {
    if (!reporter.one_failed()) log_warning(concat("no input gave a row; ", options.output, " is left as it was"));
    return kSomeInputsFailed;
  }
  if (failed > 0 && !reporter.one_failed()) {
    log_warning(concat(failed, " inputs failed, see ", beside(options.output, ".errors.jsonl")));
  }
  return failed > 0 ? kSomeInputsFailed : 0;
}

// Blank lines keep their rows, so that row i is line i; but the embedding of a blank line is not that of a text.
void check_blank(const std::vector<std::string>& texts, const std::string& path) {
  const auto blank = static_cast<std::size_t>(std::ranges::count_if(texts, is_blank_text));
  if (blank == texts.size()) fail_input(path, " holds no texts; expected one a line");
  if (blank == 0) return;
  const auto first = std::ranges::find_if(texts, is_blank_text) - texts.begin() + 1;
  log_warning(concat(path, ": ", blank, " of ", texts.size(), " lines are blank, the first is line ", first,
                     "; their rows are those of no text"));
}

int embed_texts_into_file(const EmbedCommandOptions& options) {
  const std::string content = read_text(options.texts);
  require_text(content, options.texts, "one text a line");
  const std::vector<std::string> texts = lines_in(content);
  check_blank(texts, options.texts);
  PretrainedModel pretrained = load(options.model, ModelParts::kTextOnly);
  warn_of_cut_texts(pretrained.tokenizer, texts, options.texts);
  Progress progress("texts", texts.size());
  const at::Tensor features = embed_texts(pretrained.model, pretrained.tokenizer, texts, !options.no_normalize,
                                          kTextBatch, [&](std::size_t done) {
                                            throw_if_stopped();
                                            progress.update({.done = done});
                                          });
  progress.finish();
  WholeFile rows(beside(options.output, ".jsonl"));
  for (const std::string& text : texts) rows.write(Json{{"text", to_utf8(text)}}.dump() + "\n");
  const at::Tensor values = features.contiguous();
  NpyWriter vectors(options.output, values.size(1));
  vectors.append({values.const_data_ptr<float>(), static_cast<std::size_t>(values.numel())});
  commit_together({&rows, &vectors.finished_file()});
  return 0;
}

int run(const EmbedCommandOptions& options) {
  const bool single_file = options.output.ends_with(".npy");
  const std::string problem = single_file ? no_folder(options.output) : "";
  if (!problem.empty()) fail_usage("--output: ", problem);
  if (!options.texts.empty()) {
    if (!options.input.paths.empty()) fail_usage("--texts and videos are two runs; give one or the other");
    if (!single_file) fail_usage("--texts writes one file; --output must end in .npy, found ", options.output);
    return embed_texts_into_file(options);
  }
  if (options.input.paths.empty()) fail_usage("nothing to embed; give videos, folders, lists or --texts FILE");
  if (single_file && (options.resume || options.retry_failed)) {
    fail_usage("--resume and --retry-failed need a store: give --output a folder instead of ", options.output);
  }
  for (const char* form : {".npz", ".safetensors", ".json", ".jsonl", ".csv"}) {
    if (options.output.ends_with(form)) fail_usage("--output is ", options.output, "; expected FILE.npy or a folder");
  }
  api::ModelSource model = options.model;
  if (!single_file) {
    // What an interrupted run has begun is continued.
    use_precision_of_store(model.options,
                           options.overwrite ? StoreFolder(options.output).replacement().dir() : options.output);
  }
  PretrainedModel pretrained = load_unsaid(model);
  EmbedOptions embed = resolve(options.video, pretrained.spec);
  if (options.tokens && embed.pool != Pool::kCls) fail_usage("--tokens are those of --pool cls");
  embed.normalize = !options.no_normalize;
  embed.tokens = options.tokens;
  return single_file ? embed_into_file(options, pretrained, embed) : embed_into_folder(options, pretrained, embed);
}

}  // namespace

void add_embed(CLI::App& app, Action& action) {
  add_command<EmbedCommandOptions>(
      app, action, "embed", "Turn videos, images or texts into vectors",
      [](CLI::App& command, EmbedCommandOptions& options) { declare_all(command, options); }, run);
}

}  // namespace tvts::cli
