// Runs libtorch's operations on one thread instead of all, so that no thread waits for another at the end of each.
#pragma once

#include <functional>
#include <thread>

namespace tvts {

// On the calling thread, for a scope.
class OneThread {
 public:
  OneThread();
  ~OneThread();
  OneThread(const OneThread&) = delete;
  OneThread& operator=(const OneThread&) = delete;

 private:
  int before_;
};

// Starts a thread whose operations run on it alone. Throws std::system_error where the system has no more threads.
std::jthread start_one_thread(std::function<void()> run);

}  // namespace tvts
