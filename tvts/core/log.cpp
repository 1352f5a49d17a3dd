#include "tvts/core/log.h"

#include <atomic>
#include <cstdio>
#include <mutex>

#include "tvts/core/utf8.h"

namespace tvts {
namespace {

std::atomic<LogLevel> current_level{LogLevel::kInfo};
std::atomic<LogFormat> current_format{LogFormat::kText};
std::mutex sink_mutex;
LogSink log_sink;
std::mutex stderr_mutex;
std::string status_line;

const char* name_of(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug: return "debug";
    case LogLevel::kInfo: return "info";
    case LogLevel::kWarning: return "warning";
    default: return "error";
  }
}

// Control characters and bytes that could end a line or move a terminal's cursor are written as escapes.
std::string escaped(std::string_view text, bool for_json) {
  const std::string valid = for_json ? to_utf8(text) : std::string(text);
  std::string out;
  for (const char c : valid) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f) {
      char code[8];
      std::snprintf(code, sizeof code, "\\u%04x", byte);
      out += code;
    } else if (for_json && (c == '"' || c == '\\')) {
      out += '\\';
      out += c;
    } else {
      out += c;
    }
  }
  return out;
}

void write_to_stderr(LogLevel level, std::string_view message) {
  std::string line;
  if (current_format == LogFormat::kJson) {
    line = std::string("{\"level\":\"") + name_of(level) + "\",\"message\":\"" + escaped(message, true) + "\"}\n";
  } else {
    line = "tvts: ";
    if (level != LogLevel::kInfo) line += std::string(name_of(level)) + ": ";
    line += escaped(message, false) + "\n";
  }
  const std::lock_guard lock(stderr_mutex);
  if (!status_line.empty()) std::fputs("\r\033[K", stderr);
  std::fputs(line.c_str(), stderr);
  if (!status_line.empty()) std::fputs(status_line.c_str(), stderr);
}

}  // namespace

void set_log_level(LogLevel level) { current_level = level; }
void set_log_format(LogFormat format) { current_format = format; }
LogLevel log_level() { return current_level; }

void set_log_sink(LogSink sink) {
  const std::lock_guard lock(sink_mutex);
  log_sink = std::move(sink);
}

void log_to_stderr() { set_log_sink(write_to_stderr); }

void log(LogLevel level, std::string_view message) {
  if (level < current_level) return;
  const std::lock_guard lock(sink_mutex);
  if (log_sink) log_sink(level, message);
}

void log(const std::vector<Remark>& remarks) {
  for (const Remark& remark : remarks) log(remark.level, remark.message);
}

void set_status_line(const std::string& line) {
  const std::lock_guard lock(stderr_mutex);
  if (!status_line.empty() || !line.empty()) std::fputs(("\r\033[K" + line).c_str(), stderr);
  std::fflush(stderr);
  status_line = line;
}

}  // namespace tvts
