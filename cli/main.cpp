// tvts: out-of-the-box video understanding. This file parses the command line and maps what fails to an exit code.
#include <iostream>

#include "cli/commands.h"
#include "cli/log_options.h"
#include "cli/runtime.h"
#include "cli/suggest.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/core/version.h"

namespace tvts::cli {
namespace {

std::string version_text() {
  const std::string revision = tvts::revision();
  return std::string("tvts ") + version() + (revision.empty() ? "" : " (" + revision + ")");
}

// As typed, but --num_frames is read as --num-frames.
std::vector<std::string> arguments(int argc, char** argv) {
  std::vector<std::string> all(argv + 1, argv + argc);
  for (std::string& argument : all) {
    if (argument == "--") break;
    if (!argument.starts_with("--")) continue;
    const auto name_end = argument.begin() + static_cast<long>(std::min(argument.find('='), argument.size()));
    std::replace(argument.begin(), name_end, '_', '-');
  }
  return all;
}

void declare_all(CLI::App& app, Action& action) {
  app.set_version_flag("--version", version_text());
  app.require_subcommand(1);
  add_embed(app, action);
  add_search(app, action);
  add_classify(app, action);
  add_inspect(app, action);
  add_convert(app, action);
  add_init(app, action);
  add_pretrain(app, action);
  add_eval(app, action);
  add_probe(app, action);
  add_attend(app, action);
  add_study(app, action);
  add_data(app, action);
  add_bench(app, action);
  add_doctor(app, action);
  for (CLI::App* command : app.get_subcommands({})) declare_log_options(*command);
}

// Help and version go to stdout with 0, mistakes to stderr with 2.
int answer(const CLI::App& app, const CLI::ParseError& error) {
  if (error.get_exit_code() == 0) {
    app.exit(error, std::cout, std::cerr);
    if (!std::cout.flush()) fail(ErrorKind::kFailed, "cannot write to standard output: ", errno_text());
    return 0;
  }
  const std::string unknown = unknown_argument(app);
  log_error((unknown.empty() ? error.what() : "unknown: " + unknown + suggestion(app, unknown)) + "; see " +
            typed_command(app) + " --help");
  return static_cast<int>(ErrorKind::kUsage);
}

int run(int argc, char** argv) {
  CLI::App app("Video understanding out of the box: embed, search and classify videos with TVTSv2 and CLIP models.",
               "tvts");
  Action action;
  std::vector<std::string> all = arguments(argc, argv);
  set_log_format_from(all);
  declare_all(app, action);
  try {
    std::reverse(all.begin(), all.end());  // the order that CLI11 takes
    app.parse(std::move(all));
  } catch (const CLI::ParseError& error) {
    return answer(app, error);
  }
  catch_stop_signals();
  return action();
}

}  // namespace
}  // namespace tvts::cli

int main(int argc, char** argv) {
  tvts::cli::open_standard_streams();
  tvts::log_to_stderr();
  try {
    return tvts::cli::run(argc, argv);
  } catch (const tvts::Error& error) {
    tvts::log_error(error.what());
    return error.exit_code();
  } catch (const std::bad_alloc&) {
    tvts::log_error("out of memory; try a smaller --batch-size, fewer --workers or --precision bf16");
  } catch (const std::exception& error) {
    const std::string what = error.what();  // libtorch's go on with a stack trace
    tvts::log_error(what.substr(0, what.find('\n')));
  }
  return static_cast<int>(tvts::ErrorKind::kFailed);
}
