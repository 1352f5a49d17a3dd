#include "tvts/media/video/av_messages.h"

extern "C" {
#include <libavutil/log.h>
}

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <mutex>

namespace tvts {
namespace {

thread_local AvMessages* current_messages = nullptr;

void take_line(void*, int level, const char* format, va_list arguments) {
  if (level > AV_LOG_ERROR || current_messages == nullptr) return;
  char text[512];
  std::vsnprintf(text, sizeof text, format, arguments);
  std::string line(text);
  while (!line.empty() && (line.back() == '\n' || line.back() == ' ')) line.pop_back();
  std::replace_if(
      line.begin(), line.end(), [](unsigned char c) { return c < 32; }, ' ');
  current_messages->add_error(line);
}

// "[png @ 0x5581] Picture size 8064x6048 exceeds specified max pixel count 33554432, see the documentation ..."
std::optional<AvMessages::RefusedSize> refused_size_in(const std::string& line) {
  const std::size_t begin = line.find("Picture size ");
  unsigned width = 0, height = 0;
  long long most = 0;
  if (begin == std::string::npos ||
      std::sscanf(line.c_str() + begin, "Picture size %ux%u exceeds specified max pixel count %lld", &width, &height,
                  &most) != 3 ||
      most <= 0) {
    return std::nullopt;
  }
  return AvMessages::RefusedSize{width, height, most};
}

}  // namespace

AvMessages::AvMessages() : outer_(current_messages) {
  static std::once_flag once;
  std::call_once(once, [] { av_log_set_callback(take_line); });
  current_messages = this;
}

AvMessages* AvMessages::current() { return current_messages; }

AvMessages::~AvMessages() { current_messages = outer_; }

void AvMessages::clear() {
  errors_ = 0;
  first_error_.clear();
  refused_size_.reset();
}

void AvMessages::add_error(const std::string& line) {
  ++errors_;
  if (first_error_.empty()) first_error_ = line;
  if (!refused_size_) refused_size_ = refused_size_in(line);
}

}  // namespace tvts
