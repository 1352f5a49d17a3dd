// The log: messages of the library for the program that uses it. Thread-safe. The library writes, programs set it up.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tvts {

enum class LogLevel { kDebug, kInfo, kWarning, kError, kQuiet };
enum class LogFormat { kText, kJson };

// The lowest level that is written. Default: kInfo.
void set_log_level(LogLevel level);
void set_log_format(LogFormat format);
LogLevel log_level();

// Takes lines of the level and above, one at a time; it must not log itself. Empty, the default: lines are dropped.
using LogSink = std::function<void(LogLevel level, std::string_view message)>;
void set_log_sink(LogSink sink);
// For programs: lines on stderr, never on stdout (which carries data), in the format of set_log_format().
void log_to_stderr();

void log(LogLevel level, std::string_view message);

// A remark that a function returns for its caller to log.
struct Remark {
  LogLevel level;
  std::string message;
};
void log(const std::vector<Remark>& remarks);

inline void log_debug(std::string_view message) { log(LogLevel::kDebug, message); }
inline void log_info(std::string_view message) { log(LogLevel::kInfo, message); }
inline void log_warning(std::string_view message) { log(LogLevel::kWarning, message); }
inline void log_error(std::string_view message) { log(LogLevel::kError, message); }

// A line that is rewritten in place below the log (a progress bar on a terminal); empty removes it.
void set_status_line(const std::string& line);

}  // namespace tvts
