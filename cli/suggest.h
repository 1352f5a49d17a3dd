// "did you mean --num-frames?"
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace tvts::cli {

// For an unknown flag or command: the nearest known one, as the end of a sentence; else empty.
std::string suggestion(const CLI::App& app, const CLI::ParseError& error);

}  // namespace tvts::cli
