// tvts data: the table of its subcommands.
#include "cli/data.h"

#include "cli/log_options.h"

namespace tvts::cli {

void add_data(CLI::App& app, Action& action) {
  CLI::App* data = app.add_subcommand("data", "Make, check and convert training data");
  data->require_subcommand(1);
  add_data_world(*data, action);
  add_data_check(*data, action);
  add_data_transcripts(*data, action);
  for (CLI::App* command : data->get_subcommands({})) declare_log_options(*command);
}

}  // namespace tvts::cli
