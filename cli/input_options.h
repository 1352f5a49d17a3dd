// The inputs of a command, PATH..., and the flags that say how they are read (docs/inputs.md).
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "tvts/media/inputs/input_list.h"

namespace tvts::cli {

struct InputOptions {
  std::vector<std::string> paths;
  tvts::InputOptions rules;
};

void declare(CLI::App& command, InputOptions& options, bool required = true);

}  // namespace tvts::cli
