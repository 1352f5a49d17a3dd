// The flags of the log, which every command has: --quiet, -v, --log-format.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace tvts::cli {

// Takes effect while the flags are parsed.
void declare_log_options(CLI::App& command);

// Before that: true if errors of the parsing are to be written as JSON.
void set_log_format_from(const std::vector<std::string>& arguments);

}  // namespace tvts::cli
