// A stop source that is also stopped by an outer stop token.
#pragma once

#include <functional>
#include <stop_token>
#include <utility>

namespace tvts {

class LinkedStop {
 public:
  explicit LinkedStop(std::stop_token outer) : outer_(std::move(outer), [this] { source_.request_stop(); }) {}
  LinkedStop(const LinkedStop&) = delete;
  LinkedStop& operator=(const LinkedStop&) = delete;

  void request() { source_.request_stop(); }
  std::stop_token token() const { return source_.get_token(); }

 private:
  std::stop_source source_;
  const std::stop_callback<std::function<void()>> outer_;
};

}  // namespace tvts
