#include "lab/world/captions.h"
#include "lab/world/draw.h"

namespace tvts::world {
namespace {

constexpr std::string_view kFirstOpeners = "so here|alright so|hey so|well first";
constexpr std::string_view kOpeners = "and then|so now|okay now|after that|then|next|and afterwards|before we go on";
constexpr std::string_view kChat = "that looks great|pretty nice|isn't that cool|let me show you|watch this one";

// The subject of the picture, in a colloquial order of words.
std::string main_sentence(const Event& event, std::string_view opener, RandomStream& random) {
  const std::string thing = thing_words(Register::kSpeech, event.thing, random);
  const std::string happens = event_words(Register::kSpeech, event, random);
  const std::size_t space = thing.find(' ');
  const std::string colour = thing.substr(0, space), shape = thing.substr(space + 1);
  switch (random.below(5)) {
    case 0: return fill("{} the {} {}", {opener, thing, happens});
    case 1: return fill("{} you can see the {} it {}", {opener, thing, happens});
    case 2: return fill("{} look the {} the {} one {}", {opener, shape, colour, happens});
    case 3: return fill("{} this {} just {}", {opener, thing, happens});
    default: return fill("{} we have {} and it {}", {opener, with_article(thing), happens});
  }
}

// Again, or besides the point.
std::string second_sentence(const Scene& scene, const Event& event, RandomStream& random) {
  switch (random.below(5)) {
    case 0: return "yeah it " + event_words(Register::kSpeech, event, random);
    case 1: return "see how it " + event_words(Register::kSpeech, event, random);
    case 2: return "that's something " + event_words(Register::kAlt, event, random);
    case 3: return background_words(Register::kSpeech, scene.background.backdrop, random);
    default: return std::string(pick(kChat, random));
  }
}

}  // namespace

std::vector<std::string> speech_sentences(const Scene& scene, std::size_t shot, RandomStream& random) {
  const Event& event = scene.shots[shot].event;
  const std::string_view opener = pick(shot == 0 ? kFirstOpeners : kOpeners, random);
  std::vector<std::string> sentences = {main_sentence(event, opener, random)};
  if (draw_percent(55, random)) sentences.push_back(second_sentence(scene, event, random));
  return sentences;
}

}  // namespace tvts::world
