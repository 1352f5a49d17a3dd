#include "cli/log_options.h"

#include <cstdlib>
#include <string>

#include "tvts/core/error.h"
#include "tvts/core/log.h"

namespace tvts::cli {
namespace {

LogLevel level_named(const std::string& name) {
  if (name == "debug") return LogLevel::kDebug;
  if (name == "info") return LogLevel::kInfo;
  if (name == "warning") return LogLevel::kWarning;
  if (name == "error") return LogLevel::kError;
  fail_usage("TVTS_LOG_LEVEL is '", name, "'; expected debug, info, warning or error");
}

}  // namespace

void declare_log_options(CLI::App& command) {
  if (const char* level = std::getenv("TVTS_LOG_LEVEL"); level != nullptr && *level != '\0') {
    set_log_level(level_named(level));
  }
  command.add_flag_callback(
      "--quiet,-q", [] { set_log_level(LogLevel::kWarning); }, "warnings and errors only");
  command.add_flag_callback(
      "--verbose,-v", [] { set_log_level(LogLevel::kDebug); }, "more of what is going on");
  command.add_option_function<std::string>(
      "--log-format",
      [](const std::string& format) {
        if (format != "text" && format != "json") fail_usage("--log-format is '", format, "'; expected text or json");
        set_log_format(format == "json" ? LogFormat::kJson : LogFormat::kText);
      },
      "text, or json: one object a line");
}

void set_log_format_from(const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i < arguments.size() && arguments[i] != "--"; ++i) {
    const bool in_two = arguments[i] == "--log-format" && i + 1 < arguments.size() && arguments[i + 1] == "json";
    if (in_two || arguments[i] == "--log-format=json") set_log_format(LogFormat::kJson);
  }
}

}  // namespace tvts::cli
