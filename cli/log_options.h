// --quiet, -v, --log-format: on every command.
#pragma once

#include <CLI/CLI.hpp>

namespace tvts::cli {

// Takes effect while the flags are parsed.
void declare_log_options(CLI::App& command);

}  // namespace tvts::cli
