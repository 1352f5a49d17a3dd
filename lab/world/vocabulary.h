// The words of the world, in three registers: what people say while they show a thing, what stands below a clip, and
// what is requested. Some words are shared, some are one register's own.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "lab/world/scene.h"
#include "tvts/core/random.h"

namespace tvts::world {

enum class Register : std::uint8_t { kSpeech, kAlt, kQuery };
constexpr int kRegisterCount = 3;
std::string_view name_of(Register reg);

// One of "first|second|third": the first half of the time, else any of the others.
std::string_view pick(std::string_view choices, RandomStream& random);

std::string_view colour_word(Register reg, Colour colour, RandomStream& random);
// "red square"
std::string thing_words(Register reg, const Thing& thing, RandomStream& random);
// "red square moving left" has "moving left"; "a disc hits a blue square" has "hits a blue square".
std::string event_words(Register reg, const Event& event, RandomStream& random);
// The same without the new colour and without the other thing: "changing colour", "colliding".
std::string open_event_words(Register reg, const Event& event, RandomStream& random);
// "on a striped background", "with stripes behind it"
std::string background_words(Register reg, Backdrop backdrop, RandomStream& random);

// "a red square", "an orange disc"
std::string with_article(const std::string& words);
// Every {} replaced by the next of the parts.
std::string fill(std::string_view pattern, std::initializer_list<std::string_view> parts);

}  // namespace tvts::world
