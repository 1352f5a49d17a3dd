// Draws the frames of scenes, in whole numbers only: the same bytes on every machine.
#pragma once

#include <cstdint>
#include <vector>

#include "lab/world/scene.h"
#include "tvts/media/video/rgb_image.h"

namespace tvts::world {

struct Rgb {
  int red = 0, green = 0, blue = 0;
};

Rgb rgb_of(Colour colour);

// A shape to be drawn.
struct Sprite {
  Shape shape = Shape::kDisc;
  Rgb colour;
  Pose pose;
};

// The background alone; side in pixels.
RgbImage draw_background(const Background& background, int side);
// Draws over what is there.
void draw_sprite(const Sprite& sprite, RgbImage& image);

// The things and their poses in a frame of a shot, [0, shot.frames).
std::vector<Sprite> sprites_of(const Shot& shot, int frame);

// All frames of a scene, [height, width, 3] each, handed to `take` one after the other.
template <class Take>
void draw_scene(const Scene& scene, int side, Take take) {
  RgbImage still = draw_background(scene.background, side);
  if (scene.bystander) {
    const auto& [thing, pose] = *scene.bystander;
    draw_sprite({thing.shape, rgb_of(thing.colour), pose}, still);
  }
  for (const Shot& shot : scene.shots) {
    for (int frame = 0; frame < shot.frames; ++frame) {
      RgbImage image = still;
      for (const Sprite& sprite : sprites_of(shot, frame)) draw_sprite(sprite, image);
      take(image);
    }
  }
}

}  // namespace tvts::world
