// Writing with the system's calls, each of which may take a part of the bytes only.
#pragma once

#include <sys/types.h>

#include <cerrno>
#include <cstddef>
#include <string_view>

namespace tvts {

// Calls write(data, size, done), which returns what ::write and ::pwrite return, until all of the bytes are taken.
// False with errno set where a call fails.
template <class Write>
bool write_all(std::string_view bytes, Write write) {
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t written = write(bytes.data() + done, bytes.size() - done, done);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    done += static_cast<std::size_t>(written);
  }
  return true;
}

}  // namespace tvts
