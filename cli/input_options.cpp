#include "cli/input_options.h"

namespace tvts::cli {

void declare(CLI::App& command, InputOptions& options, bool required) {
  tvts::InputOptions& rules = options.rules;
  CLI::Option* paths =
      command.add_option("PATH", options.paths, "videos, images, folders, lists, tables, tar shards; - reads a list");
  if (required) paths->required();
  command.add_option_function<std::string>(
      "--input-format", [&rules](const std::string& name) { rules.format = input_format_named(name); },
      "auto, files, list, csv or webdataset (default: auto, by name)");
  command.add_option("--path-col", rules.path_column, "column of a table: the video")->capture_default_str();
  command.add_option("--caption-col", rules.caption_column, "column: its caption")->capture_default_str();
  command.add_option("--label-col", rules.label_column, "column: its label")->capture_default_str();
  command.add_option("--start-col", rules.start_column, "column: where its part begins, seconds")
      ->capture_default_str();
  command.add_option("--end-col", rules.end_column, "column: where its part ends, seconds")->capture_default_str();
}

}  // namespace tvts::cli
