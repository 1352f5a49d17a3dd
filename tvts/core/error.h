// Errors of the user's world (a file, a flag, a shape, a video): one exception type, one line of text that says
// what was being done, what was found, what was expected, and the next step where one is known.
// Our own mistakes are TVTS_ASSERT, which aborts.
#pragma once

#include <sstream>
#include <stdexcept>
#include <string>

namespace tvts {

// The kind of an error; its value is the exit code of a command (docs/errors.md).
enum class ErrorKind {
  kFailed = 1,        // the work could not be done (disk full, a library failed)
  kUsage = 2,         // the request makes no sense
  kInput = 4,         // an input or a model cannot be read, or contradicts another
  kInterrupted = 130  // the user stopped it; what was done is kept
};

class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
  ErrorKind kind() const { return kind_; }
  int exit_code() const { return static_cast<int>(kind_); }

 private:
  ErrorKind kind_;
};

// Joins the parts with operator<<.
template <class... Parts>
std::string concat(const Parts&... parts) {
  std::ostringstream out;
  (out << ... << parts);
  return out.str();
}

template <class... Parts>
[[noreturn]] void fail(ErrorKind kind, const Parts&... parts) {
  throw Error(kind, concat(parts...));
}
template <class... Parts>
[[noreturn]] void fail_input(const Parts&... parts) {
  fail(ErrorKind::kInput, parts...);
}
template <class... Parts>
[[noreturn]] void fail_usage(const Parts&... parts) {
  fail(ErrorKind::kUsage, parts...);
}

[[noreturn]] void assertion_failed(const char* condition, const char* file, int line);

// The text of errno: "No such file or directory".
std::string errno_text();

}  // namespace tvts

#define TVTS_ASSERT(condition) \
  ((condition) ? static_cast<void>(0) : ::tvts::assertion_failed(#condition, __FILE__, __LINE__))
