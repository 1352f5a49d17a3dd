// The content of a clip of the small world as data, before pixels or words are made of it. Lengths and positions are in
// 1/kSide of the frame's side, so that a scene is the same at every resolution.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tvts::world {

constexpr int kSide = 4096;
constexpr int kFullTurn = 65536;
constexpr int kOpaque = 256;
constexpr int kFramesPerSecond = 8;

enum class Shape : std::uint8_t { kDisc, kSquare, kTriangle, kRing, kCross };
enum class Colour : std::uint8_t { kRed, kOrange, kYellow, kGreen, kCyan, kBlue, kPink };
enum class Backdrop : std::uint8_t { kDark, kLight, kStripes, kChecks, kGradient, kSpeckles };
enum class EventKind : std::uint8_t {
  kLeft,
  kRight,
  kUp,
  kDown,
  kGrow,
  kShrink,
  kClockwise,
  kCounterclockwise,
  kChangeColour,
  kAppear,
  kVanish,
  kCollide
};
// Kinds that time reversal turns into each other.
enum class Family : std::uint8_t { kHorizontal, kVertical, kSize, kTurn, kColour, kPresence, kMeeting };

constexpr int kShapeCount = 5, kColourCount = 7, kBackdropCount = 6, kEventKindCount = 12, kFamilyCount = 7;

struct Thing {
  Shape shape = Shape::kDisc;
  Colour colour = Colour::kRed;
  bool operator==(const Thing&) const = default;
};

struct Event {
  EventKind kind = EventKind::kLeft;
  Thing thing;
  Colour new_colour = Colour::kRed;  // kChangeColour
  Thing other;                       // kCollide: what it meets
  bool operator==(const Event&) const = default;
};

struct Pose {
  int x = kSide / 2, y = kSide / 2;  // of the centre
  int radius = kSide / 8;
  int angle = 0;  // 1/kFullTurn, clockwise
  int opacity = kOpaque;
  bool operator==(const Pose&) const = default;
};

// A slot of time in which one event happens; its things are there in that slot only, as after a cut.
struct Shot {
  Event event;
  int frames = 0;
  Pose from, to;              // of the event's thing
  Pose other_from, other_to;  // kCollide: of the other one
  bool operator==(const Shot&) const = default;
};

struct Background {
  Backdrop backdrop = Backdrop::kDark;
  int variant = 0;  // [0, 256): shade, shift and tilt
  bool operator==(const Background&) const = default;
};

// A thing that stands still.
struct StillThing {
  Thing thing;
  Pose pose;
  bool operator==(const StillThing&) const = default;
};

struct Scene {
  Background background;
  std::optional<StillThing> bystander;  // small, in a corner, for the whole clip
  std::vector<Shot> shots;
  bool operator==(const Scene&) const = default;
};

int frame_count(const Scene& scene);

Family family_of(EventKind kind);
// The kind of the event when time runs backwards: itself for kChangeColour and kCollide.
EventKind reverse_of(EventKind kind);
// True if the shape shows that it turns.
bool shows_turning(Shape shape);

// The same shot with time running backwards, frame by frame.
Shot reversed(Shot shot);
bool is_reversible(const Event& event);

// One name a meaning: "moving left red disc", "colliding red disc with blue square".
std::string meaning_of(const Event& event);
std::string meaning_of(const Scene& scene);

// As they stand in files: "disc", "red", "stripes", "moving left".
std::string_view name_of(Shape shape);
std::string_view name_of(Colour colour);
std::string_view name_of(Backdrop backdrop);
std::string_view name_of(EventKind kind);

}  // namespace tvts::world
