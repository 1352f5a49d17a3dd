// Checkpoints that make_files.py makes with the real writers, once for a build folder.
#pragma once

#include <gtest/gtest.h>

#include <string>

namespace tvts::test {

// The folder of the files; empty when python, torch or safetensors is not there. Processes that call this at the same
// time wait for the first. `golden` (a folder with full_size_names.json) makes the full-size files instead.
std::string made_files(const std::string& golden = "");

// A new empty folder of this process, which is removed at its end.
std::string scratch_folder();

std::string python();

}  // namespace tvts::test

#define TVTS_NEEDS_MADE_FILES(folder) \
  if ((folder).empty())               \
  GTEST_SKIP() << "no python with torch and safetensors: the files of the real writers cannot be made"
