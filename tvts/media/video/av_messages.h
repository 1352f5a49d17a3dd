// FFmpeg's own log lines, kept off stderr: its errors are counted for the file that the calling thread is reading.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace tvts {

// While it lives, takes the calling thread's lines; the innermost one counts. Lines of other threads are dropped.
// The first one made replaces FFmpeg's log callback for the whole process.
class AvMessages {
 public:
  AvMessages();
  ~AvMessages();
  AvMessages(const AvMessages&) = delete;
  AvMessages& operator=(const AvMessages&) = delete;

  int64_t errors() const { return errors_; }
  // The first error's text, in one line; empty when there was none. Often the best reason that can be given.
  const std::string& first_error() const { return first_error_; }
  // The size of the first picture that was refused for its number of pixels, which only the text contains.
  struct RefusedSize {
    int64_t width, height, most_pixels;
  };
  const std::optional<RefusedSize>& refused_size() const { return refused_size_; }
  void clear();

  void add_error(const std::string& line);
  // Of the calling thread; null outside.
  static AvMessages* current();

 private:
  int64_t errors_ = 0;
  std::string first_error_;
  std::optional<RefusedSize> refused_size_;
  AvMessages* outer_;
};

}  // namespace tvts
