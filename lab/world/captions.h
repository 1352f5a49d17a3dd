// Captions of clips and stills. A caption tells the events in the order in which they happen.
#pragma once

#include <string>
#include <vector>

#include "lab/world/still.h"
#include "lab/world/vocabulary.h"
#include "tvts/core/random.h"

namespace tvts::world {

// "red square moving left, then blue disc growing, striped background"
std::string alt_caption(const Scene& scene, RandomStream& random);
// "a crimson square moves to the left and after that a blue disc gets bigger, in front of stripes"
std::string query_caption(const Scene& scene, RandomStream& random);
// One sentence of the query register for each shot.
std::string query_paragraph(const Scene& scene, RandomStream& random);
// "a red square moves left"
std::string query_sentence(const Event& event, RandomStream& random);

// The speech during a shot, sentence by sentence: lower case, no punctuation.
std::vector<std::string> speech_sentences(const Scene& scene, std::size_t shot, RandomStream& random);

std::string still_caption(Register reg, const Still& still, RandomStream& random);

}  // namespace tvts::world
