#include "lab/world/vocabulary.h"

#include <algorithm>

#include "tvts/core/error.h"

namespace tvts::world {
namespace {

template <std::size_t kCount>
using Table = std::string_view[kRegisterCount][kCount];

constexpr Table<kShapeCount> kShapes = {
    {"circle|ball", "square|box", "triangle|wedge", "ring|donut", "cross"},
    {"disc|circle", "square|block", "triangle", "ring|hoop", "cross"},
    {"disc|circle", "square|box", "triangle|wedge", "ring|hoop", "cross"},
};

constexpr Table<kColourCount> kColours = {
    {"red|cherry", "orange|tangerine", "yellow|lemon", "green|lime", "turquoise|cyan", "blue|navy", "pink|rose"},
    {"red|scarlet", "orange|amber", "yellow|golden", "green|emerald", "cyan|turquoise", "blue|azure", "pink|magenta"},
    {"red|crimson", "orange|amber", "yellow|golden", "green|emerald", "cyan|teal", "blue|azure", "pink|magenta"},
};

// {}: the new colour, or the other thing.
constexpr Table<kEventKindCount> kEvents = {
    {"goes left|heads to the left|moves left|scoots left", "goes right|heads to the right|moves right|scoots right",
     "goes up|climbs up|moves up|rises", "goes down|drops down|moves down|sinks", "gets bigger|grows|grows bigger",
     "gets smaller|shrinks|shrinks smaller", "spins clockwise|turns clockwise",
     "spins counterclockwise|turns counterclockwise", "turns {}|changes to {}|becomes {}", "appears|fades in|shows up",
     "vanishes|fades out|disappears|goes away", "bumps into {}|crashes into {}|collides with {}"},
    {"moving left|sliding left|drifting left", "moving right|sliding right|drifting right",
     "moving up|rising|rising up", "moving down|sinking|sinking down", "growing|growing bigger|getting bigger",
     "shrinking|shrinking smaller|getting smaller", "turning clockwise|rotating clockwise",
     "turning counterclockwise|rotating counterclockwise", "turning {}|changing to {}", "appearing|fading in",
     "vanishing|disappearing|fading out", "colliding with {}|bumping into {}|hitting {}"},
    {"moves to the left|moves left", "moves to the right|moves right", "moves up|rises", "moves down|sinks",
     "gets bigger|grows", "gets smaller|shrinks", "turns clockwise|spins clockwise",
     "turns counterclockwise|spins counterclockwise", "turns {}|changes to {}", "appears|fades in",
     "vanishes|disappears", "collides with {}|bumps into {}"},
};

constexpr Table<kBackdropCount> kBackdrops = {
    {"with black behind it|it's dark back there", "with white behind it|it's bright back there",
     "with stripes behind it|on those stripes", "with checks behind it|on that checkered thing",
     "with shading behind it|on that shaded thing", "with dots behind it|on those speckles"},
    {"dark background|black background", "light background|white background", "striped background|stripes",
     "checked background|checkered background", "gradient background|shaded background",
     "speckled background|dotted background"},
    {"on a dark background|in front of black", "on a light background|in front of white",
     "on a striped background|in front of stripes", "on a checked background|in front of checks",
     "on a shaded background|in front of a gradient", "on a speckled background|in front of speckles"},
};

template <std::size_t kCount, class Key>
std::string_view look_up(const Table<kCount>& table, Register reg, Key key, RandomStream& random) {
  return pick(table[static_cast<std::size_t>(reg)][static_cast<std::size_t>(key)], random);
}

std::string other_words(Register reg, const Event& event, RandomStream& random) {
  if (event.kind == EventKind::kChangeColour) return std::string(colour_word(reg, event.new_colour, random));
  const std::string thing = thing_words(reg, event.other, random);
  return reg == Register::kAlt ? thing : reg == Register::kQuery ? with_article(thing) : "the " + thing;
}

}  // namespace

std::string_view name_of(Register reg) {
  constexpr std::string_view kNames[] = {"speech", "alt", "query"};
  return kNames[static_cast<std::size_t>(reg)];
}

std::string_view pick(std::string_view choices, RandomStream& random) {
  const auto others = static_cast<std::uint64_t>(std::ranges::count(choices, '|'));
  const bool first = random.below(2) == 0 || others == 0;
  for (std::uint64_t skip = first ? 0 : 1 + random.below(others); skip > 0; --skip) {
    choices.remove_prefix(choices.find('|') + 1);
  }
  return choices.substr(0, choices.find('|'));
}

std::string_view colour_word(Register reg, Colour colour, RandomStream& random) {
  return look_up(kColours, reg, colour, random);
}

std::string thing_words(Register reg, const Thing& thing, RandomStream& random) {
  const std::string_view colour = colour_word(reg, thing.colour, random);
  return concat(colour, " ", look_up(kShapes, reg, thing.shape, random));
}

std::string event_words(Register reg, const Event& event, RandomStream& random) {
  const std::string_view pattern = look_up(kEvents, reg, event.kind, random);
  if (pattern.find("{}") == std::string_view::npos) return std::string(pattern);
  return fill(pattern, {other_words(reg, event, random)});
}

std::string open_event_words(Register reg, const Event& event, RandomStream& random) {
  const bool names_more = event.kind == EventKind::kChangeColour || event.kind == EventKind::kCollide;
  return names_more ? std::string(name_of(event.kind)) : event_words(reg, event, random);
}

std::string background_words(Register reg, Backdrop backdrop, RandomStream& random) {
  return std::string(look_up(kBackdrops, reg, backdrop, random));
}

std::string with_article(const std::string& words) {
  const bool vowel = std::string_view("aeiou").find(words[0]) != std::string_view::npos;
  return (vowel ? "an " : "a ") + words;
}

std::string fill(std::string_view pattern, std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) {
    const std::size_t hole = pattern.find("{}");
    TVTS_ASSERT(hole != std::string_view::npos);
    text.append(pattern.substr(0, hole)).append(part);
    pattern.remove_prefix(hole + 2);
  }
  return text.append(pattern);
}

}  // namespace tvts::world
