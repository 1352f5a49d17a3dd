// The ffmpeg program as an oracle and as a maker of test videos. Tests skip where it is absent.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tests/support/temporary_folder.h"

namespace tvts::test {

inline bool have_ffmpeg() {
  static const bool have = std::system("ffmpeg -version >/dev/null 2>&1") == 0;
  return have;
}

struct RawFrames {
  int64_t count = 0;
  std::vector<std::vector<std::uint8_t>> wanted;  // RGB, in order
};

// What the program writes with one thread (with more, what it makes of damaged pictures changes from run to run): the
// frames of `wanted` (all, if empty), each of width x height, and how many there are.
inline RawFrames ffmpeg_frames(const std::string& path, int width, int height, const std::set<int64_t>& wanted = {}) {
  const std::string command = "ffmpeg -nostdin -v quiet -noautorotate -threads 1 -i '" + path +
                              "' -map 0:V:0 -fps_mode passthrough -pix_fmt rgb24 -f rawvideo -";
  const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
  RawFrames frames;
  std::vector<std::uint8_t> frame(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
  while (std::fread(frame.data(), 1, frame.size(), pipe.get()) == frame.size()) {
    if (wanted.empty() || wanted.contains(frames.count)) frames.wanted.push_back(frame);
    ++frames.count;
  }
  return frames;
}

// Runs `ffmpeg ARGUMENTS PATH`, which must succeed.
inline void make_video(const std::string& arguments, const std::string& path) {
  const std::string command = "ffmpeg -nostdin -v error -y " + arguments + " '" + path + "'";
  ASSERT_EQ(std::system(command.c_str()), 0) << command;
}

}  // namespace tvts::test

#define TVTS_SKIP_WITHOUT_FFMPEG() \
  if (!tvts::test::have_ffmpeg()) GTEST_SKIP() << "the ffmpeg program is absent"
