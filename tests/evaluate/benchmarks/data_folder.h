// A data set's folder of a test's own, and the benchmark in it.
#pragma once

#include <gtest/gtest.h>

#include "tests/support/temporary_folder.h"
#include "tvts/core/error.h"
#include "tvts/evaluate/benchmarks/open_benchmark.h"

namespace tvts::test {

using Texts = std::vector<std::string>;
using Numbers = std::vector<std::size_t>;

class DataFolder : public testing::Test {
 protected:
  Benchmark open(const std::string& name, BenchmarkOptions options = {}) {
    options.data = folder_.path();
    return open_benchmark(name, options);
  }

  // What is wrong with it, without the folder's name.
  std::string error_of(const std::string& name, BenchmarkOptions options = {}) {
    try {
      open(name, options);
    } catch (const Error& error) {
      EXPECT_TRUE(error.kind() == ErrorKind::kInput || error.kind() == ErrorKind::kUsage);
      std::string text = error.what();
      for (std::size_t at = 0; (at = text.find(folder_.path() + "/")) != std::string::npos;) {
        text.erase(at, folder_.path().size() + 1);
      }
      return text;
    }
    return "no error";
  }

  static Texts names(const Benchmark& benchmark) {
    Texts all;
    for (const BenchmarkVideo& video : benchmark.videos) all.push_back(video.name);
    return all;
  }

  TemporaryFolder folder_;
};

}  // namespace tvts::test
