// The flags of the log, which every command has: --quiet, -v, --log-format.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace tvts::cli {

// Takes effect while the flags are parsed.
void declare_log_options(CLI::App& command);

// Before that: whether what goes wrong while they are parsed is to be told as JSON.
void set_log_format_from(const std::vector<std::string>& arguments);

}  // namespace tvts::cli
