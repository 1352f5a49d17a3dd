// tvts eval: the table of its subcommands.
#include "cli/eval.h"

#include "cli/log_options.h"

namespace tvts::cli {

void add_eval(CLI::App& app, Action& action) {
  CLI::App* eval = app.add_subcommand("eval", "Measure a model on a benchmark");
  eval->require_subcommand(1);
  add_eval_benchmarks(*eval, action);
  add_eval_compare(*eval, action);
  add_eval_world(*eval, action);
  for (CLI::App* command : eval->get_subcommands({})) declare_log_options(*command);
}

}  // namespace tvts::cli
