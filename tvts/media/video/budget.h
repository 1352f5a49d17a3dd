// Per-video limits: time, memory, cancellation.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <stop_token>

#include "tvts/core/error.h"

namespace tvts {

class Budget {
 public:
  Budget(double seconds, std::size_t memory_bytes, std::stop_token stop)
      : seconds_(seconds), memory_bytes_(memory_bytes), stop_(std::move(stop)) {}

  double seconds() const { return seconds_; }
  bool time_spent() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count() >= seconds_;
  }
  // For FFmpeg's callbacks, which cannot throw.
  bool should_stop() const { return stop_.stop_requested() || time_spent(); }
  void check_stop() const {
    if (stop_.stop_requested()) fail(ErrorKind::kInterrupted, "interrupted while a video was being read");
  }

  std::size_t memory_bytes() const { return memory_bytes_; }
  // Packets kept so that the file need not be read again.
  std::size_t packet_bytes() const { return memory_bytes_ / 8; }
  // Per-frame bookkeeping and kept frames.
  std::size_t frame_bytes() const { return memory_bytes_ / 4; }

 private:
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  double seconds_;
  std::size_t memory_bytes_;
  std::stop_token stop_;
};

}  // namespace tvts
