// Suggestions for a mistyped flag or command: "did you mean --num-frames?"
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace tvts::cli {

// The first word on the command line that is no flag, command or value of one; else empty. Found by the parser itself,
// since it may have stopped at another mistake, such as a command that is missing.
std::string unknown_argument(const CLI::App& app);

// The command that was typed, as far as it is known: "tvts eval world".
std::string typed_command(const CLI::App& app);

// The nearest known flag or command, as the end of a sentence; empty where none is near.
std::string suggestion(const CLI::App& app, const std::string& unknown);

}  // namespace tvts::cli
