// The subcommands of `tvts eval`: one function and one file each, like those of cli/commands.h.
#pragma once

#include "cli/commands.h"

namespace tvts::cli {

void add_eval_benchmarks(CLI::App& eval, Action& action);
void add_eval_compare(CLI::App& eval, Action& action);
void add_eval_world(CLI::App& eval, Action& action);

}  // namespace tvts::cli
