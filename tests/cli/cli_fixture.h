// A folder with a tiny model and a few drawn videos, made once for a test program.
#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/program.h"

namespace tvts::test {

class CliTest : public testing::Test {
 protected:
  static void SetUpTestSuite();
  static void TearDownTestSuite();

  // In the shared folder: "model.safetensors", "videos/{circle,square,fade}.mp4", "labels.txt".
  static std::string shared(const std::string& name);

  TemporaryFolder folder_;
};

std::vector<nlohmann::json> json_lines(const std::string& text);

// tvts data world --output OUTPUT OPTIONS; the options in one string, separated by blanks.
Outcome make_world(const std::string& output, const std::string& options);

// A drawn video: `shape` is 0 or more; frames of 96 x 64 at 10 a second.
void draw_video(const std::string& path, int shape, int frames);

}  // namespace tvts::test
