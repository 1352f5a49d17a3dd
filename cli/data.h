// The subcommands of `tvts data`: one function and one file each, like those of cli/commands.h.
#pragma once

#include "cli/commands.h"

namespace tvts::cli {

void add_data_world(CLI::App& data, Action& action);
void add_data_check(CLI::App& data, Action& action);
void add_data_transcripts(CLI::App& data, Action& action);

}  // namespace tvts::cli
