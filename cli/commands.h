// The table of subcommands: one function and one file each. A function declares the command's flags; when the command
// is the one that was typed, it leaves what to do in `action`.
#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <string>
#include <system_error>

namespace tvts::cli {

// Returns the exit code (docs/errors.md): 0, or kSomeInputsFailed when it finished but for some inputs. Other failures
// are thrown as Error.
constexpr int kSomeInputsFailed = 3;

using Action = std::function<int()>;

// For an option that is a whole number; CLI11 alone reads -1 as 2^64 - 1.
inline CLI::Range at_least(std::uint64_t least) {
  return {least, std::uint64_t{std::numeric_limits<std::int64_t>::max()}, "AT LEAST " + std::to_string(least)};
}

// For an option that names a file to write: one that stands there as a folder is found before the work.
inline std::string no_folder(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_directory(path, error) ? path + " is a folder; expected the name of a file" : "";
}

void add_init(CLI::App& app, Action& action);
void add_convert(CLI::App& app, Action& action);
void add_inspect(CLI::App& app, Action& action);
void add_embed(CLI::App& app, Action& action);
void add_search(CLI::App& app, Action& action);
void add_classify(CLI::App& app, Action& action);
void add_probe(CLI::App& app, Action& action);
void add_attend(CLI::App& app, Action& action);
void add_pretrain(CLI::App& app, Action& action);
void add_eval(CLI::App& app, Action& action);
void add_study(CLI::App& app, Action& action);
void add_data(CLI::App& app, Action& action);
void add_bench(CLI::App& app, Action& action);
void add_doctor(CLI::App& app, Action& action);

// One subcommand: options of type Options, declared by `declare(command, options)`, done by `run(options)`.
template <class Options, class Declare, class Run>
void add_command(CLI::App& app, Action& action, const char* name, const char* description, Declare declare, Run run) {
  CLI::App* command = app.add_subcommand(name, description);
  auto options = std::make_shared<Options>();
  declare(*command, *options);
  command->callback([&action, options, run] { action = [options, run] { return run(*options); }; });
}

}  // namespace tvts::cli
