// The NumPy of the project's own Python environment (or of the system), an independent reader and writer.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace tvts::test {

// The Python that TVTS_PYTHON names, else that of .venv, else the system's.
inline std::string python() {
  if (const char* given = std::getenv("TVTS_PYTHON")) return given;
  const std::string own = TVTS_SOURCE_DIR "/.venv/bin/python";
  return std::filesystem::exists(own) ? own : "python3";
}

inline bool has_numpy() { return std::system((python() + " -c 'import numpy' 2>/dev/null").c_str()) == 0; }

// What the program prints. `code` has no single quotes.
inline std::string run_python(const std::string& code, const std::string& argument) {
  std::FILE* pipe = ::popen((python() + " -c '" + code + "' '" + argument + "' 2>&1").c_str(), "r");
  std::string output;
  std::array<char, 4096> part{};
  while (const std::size_t size = std::fread(part.data(), 1, part.size(), pipe)) output.append(part.data(), size);
  ::pclose(pipe);
  return output;
}

}  // namespace tvts::test

#define TVTS_SKIP_WITHOUT_NUMPY() \
  if (!tvts::test::has_numpy()) GTEST_SKIP() << tvts::test::python() << " has no NumPy"
