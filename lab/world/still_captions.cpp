#include "lab/world/captions.h"
#include "lab/world/draw.h"
#include "tvts/core/error.h"

namespace tvts::world {
namespace {

std::string_view size_word(Register reg, bool big, RandomStream& random) {
  if (reg == Register::kSpeech) return pick(big ? "big|huge" : "little|tiny|small", random);
  if (reg == Register::kAlt) return pick(big ? "big|large" : "small|tiny", random);
  return pick(big ? "large|big" : "small|little", random);
}

std::string_view position_word(Register reg, Position position, RandomStream& random) {
  constexpr std::string_view kWords[kRegisterCount][kPositionCount] = {
      {"over on the left|on the left", "over on the right|on the right", "up at the top|up there",
       "down at the bottom|down there", "right in the middle|in the middle"},
      {"left|left side", "right|right side", "top|upper side", "bottom|lower side", "centre|center|middle"},
      {"on the left", "on the right", "at the top", "at the bottom", "in the centre|in the middle|in the center"},
  };
  return pick(kWords[static_cast<std::size_t>(reg)][static_cast<std::size_t>(position)], random);
}

std::string noun(Register reg, const PlacedThing& placed, RandomStream& random) {
  const std::string thing = thing_words(reg, placed.thing, random);
  return draw_percent(65, random) ? concat(size_word(reg, placed.big, random), " ", thing) : thing;
}

std::string clause(Register reg, const PlacedThing& placed, RandomStream& random) {
  const std::string thing = noun(reg, placed, random);
  const std::string_view position = position_word(reg, placed.position, random);
  if (reg == Register::kAlt) return concat(thing, " ", position);
  if (reg == Register::kQuery) return concat(with_article(thing), " ", position);
  return concat(with_article(thing), " ", position);
}

std::string_view joint_of(Register reg, RandomStream& random) {
  if (reg == Register::kSpeech) return pick(" and you got | and then there's ", random);
  return reg == Register::kAlt ? ", " : pick(" and |, and ", random);
}

std::string_view opening_of(Register reg, RandomStream& random) {
  if (reg == Register::kSpeech)
    return pick("so here we have |okay look at |right here you can see |and you got ", random);
  if (reg == Register::kQuery) return pick("there is |a picture of ", random);
  return "";
}

}  // namespace

std::string still_caption(Register reg, const Still& still, RandomStream& random) {
  std::string text(opening_of(reg, random));
  text += clause(reg, still.things[0], random);
  if (still.things.size() > 1) text.append(joint_of(reg, random)).append(clause(reg, still.things[1], random));
  if (!draw_percent(60, random)) return text;
  return text + (reg == Register::kAlt ? ", " : " ") + background_words(reg, still.background.backdrop, random);
}

}  // namespace tvts::world
