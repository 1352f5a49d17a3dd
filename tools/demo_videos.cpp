// Writes videos to try commands on: a few short scenes, drawn by this program, and changed copies of each.
//
//   demo_videos FOLDER    FOLDER/originals/NAME.mp4 and FOLDER/copies/NAME-{reencoded,rescaled,shortened}.mp4
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <numbers>
#include <string>
#include <vector>

#include "tvts/core/error.h"
#include "tvts/media/video/video_writer.h"

namespace tvts {
namespace {

constexpr int kWidth = 320, kHeight = 240;  // pixels
constexpr int kFrames = 60;
constexpr int kFramesPerSecond = 20;

struct Colour {
  double red, green, blue;  // 0 to 1
};

Colour mixed(Colour a, Colour b, double share) {
  return {a.red + (b.red - a.red) * share, a.green + (b.green - a.green) * share, a.blue + (b.blue - a.blue) * share};
}

// A scene is the colour at a position, x and y in [0, 1], and a moment, in [0, 1].
struct Scene {
  std::string name;
  std::function<Colour(double x, double y, double moment)> colour;
};

// 1 inside, 0 outside, a soft edge between.
double disc(double x, double y, double centre_x, double centre_y, double radius) {
  const double distance = std::hypot((x - centre_x) * kWidth / kHeight, y - centre_y);
  return std::clamp((radius - distance) * 60 + 0.5, 0.0, 1.0);
}

double stripes(double position, double count) { return 0.5 + 0.5 * std::sin(2 * std::numbers::pi * count * position); }

std::vector<Scene> scenes() {
  constexpr Colour kSky{0.5, 0.7, 0.95}, kGrass{0.2, 0.5, 0.15}, kBall{0.9, 0.2, 0.1}, kNight{0.05, 0.05, 0.2};
  constexpr Colour kMoon{0.95, 0.95, 0.8}, kSand{0.85, 0.75, 0.5}, kSea{0.1, 0.3, 0.5}, kWhite{1, 1, 1};
  constexpr Colour kBlack{0, 0, 0}, kRose{0.9, 0.4, 0.6}, kLime{0.6, 0.9, 0.2};
  return {
      {"bouncing-ball",
       [=](double x, double y, double t) {
         const double height = 0.75 - 0.5 * std::abs(std::sin(3 * std::numbers::pi * t));
         return mixed(mixed(kSky, kGrass, y > 0.8 ? 1 : 0), kBall, disc(x, y, 0.2 + 0.6 * t, height, 0.08));
       }},
      {"moonrise",
       [=](double x, double y, double t) {
         return mixed(mixed(kNight, kSea, y), kMoon, disc(x, y, 0.7, 1.0 - 0.8 * t, 0.12));
       }},
      {"waves",
       [=](double x, double y, double t) {
         const double crest = 0.5 + 0.06 * std::sin(12 * x + 2 * std::numbers::pi * 3 * t);
         return y < crest ? mixed(kSky, kWhite, 0.3 * stripes(y, 2)) : mixed(kSea, kWhite, 0.4 * stripes(y - t, 9));
       }},
      {"turning-wheel",
       [=](double x, double y, double t) {
         const double angle = std::atan2(y - 0.5, (x - 0.5) * kWidth / kHeight) + 2 * std::numbers::pi * t;
         const Colour spokes = mixed(kBlack, kLime, stripes(angle / (2 * std::numbers::pi), 6));
         return mixed(kSand, spokes, disc(x, y, 0.5, 0.5, 0.4));
       }},
      {"closing-curtain",
       [=](double x, double y, double t) {
         const bool open = x > 0.5 * t && x < 1 - 0.5 * t;
         return open ? mixed(kMoon, kSky, y) : mixed(kBall, kBlack, 0.6 * stripes(x, 14));
       }},
      {"growing-flower",
       [=](double x, double y, double t) {
         const double angle = std::atan2(y - 0.4, x - 0.5);
         const double petals = (0.08 + 0.25 * t) * (0.7 + 0.3 * std::cos(7 * angle));
         const Colour field = mixed(kGrass, kLime, 0.3 * stripes(x + y, 20));
         return mixed(mixed(field, kRose, disc(x, y, 0.5, 0.4, petals)), kMoon, disc(x, y, 0.5, 0.4, 0.04 + 0.04 * t));
       }},
  };
}

struct Copy {
  int width = kWidth, height = kHeight;
  int quality = 18;
  int begin = 0, end = kFrames;
};

void write_scene(const Scene& scene, const std::string& path, const Copy& copy) {
  VideoWriter writer(
      path,
      {.width = copy.width, .height = copy.height, .frames_per_second = kFramesPerSecond, .quality = copy.quality});
  std::vector<std::uint8_t> rgb(static_cast<std::size_t>(copy.width) * copy.height * 3);
  for (int frame = copy.begin; frame < copy.end; ++frame) {
    auto* pixel = rgb.data();
    for (int y = 0; y < copy.height; ++y) {
      for (int x = 0; x < copy.width; ++x) {
        const Colour colour = scene.colour((x + 0.5) / copy.width, (y + 0.5) / copy.height, frame / (kFrames - 1.0));
        for (const double part : {colour.red, colour.green, colour.blue}) {
          *pixel++ = static_cast<std::uint8_t>(std::lround(255 * std::clamp(part, 0.0, 1.0)));
        }
      }
    }
    writer.write(rgb);
  }
  writer.finish();
}

void write_all(const std::string& folder) {
  std::filesystem::create_directories(folder + "/originals");
  std::filesystem::create_directories(folder + "/copies");
  for (const Scene& scene : scenes()) {
    write_scene(scene, folder + "/originals/" + scene.name + ".mp4", {});
    const std::string copy = folder + "/copies/" + scene.name;
    write_scene(scene, copy + "-reencoded.mp4", {.quality = 36});
    write_scene(scene, copy + "-rescaled.mp4", {.width = kWidth / 2, .height = kHeight / 2});
    write_scene(scene, copy + "-shortened.mp4", {.begin = kFrames / 8, .end = kFrames - kFrames / 8});
  }
}

}  // namespace
}  // namespace tvts

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: demo_videos FOLDER\n");
    return 2;
  }
  try {
    tvts::write_all(argv[1]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "demo_videos: %s\n", error.what());
    return 1;
  }
  return 0;
}
