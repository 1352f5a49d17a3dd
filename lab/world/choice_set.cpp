// SSV2-MC: for each clip of one event, sentences on the same thing, one of every kind and new colour.
#include "lab/world/captions.h"
#include "lab/world/draw.h"
#include "lab/world/file_names.h"
#include "lab/world/scene_sampler.h"
#include "lab/world/world_sets.h"
#include "tvts/core/error.h"

namespace tvts::world {
namespace {

// The events that could have happened to the thing; the one that did is among them.
std::vector<Event> possible_events(const Event& event, RandomStream& random) {
  Event meeting = event;
  if (event.kind != EventKind::kCollide) {
    meeting.kind = EventKind::kCollide;
    do {
      meeting.other = {draw_enum<Shape>(kShapeCount, random), draw_enum<Colour>(kColourCount, random)};
    } while (meeting.other == event.thing);
  }
  std::vector<Event> events = {meeting};
  for (int kind = 0; kind < kEventKindCount; ++kind) {
    Event other{.kind = static_cast<EventKind>(kind), .thing = event.thing};
    if (other.kind != EventKind::kCollide && other.kind != EventKind::kChangeColour) events.push_back(other);
  }
  for (int colour = 0; colour < kColourCount; ++colour) {
    const Event other{EventKind::kChangeColour, event.thing, static_cast<Colour>(colour)};
    if (other.new_colour != event.thing.colour) events.push_back(other);
  }
  return events;
}

void shuffle(std::vector<Event>& events, RandomStream& random) {
  for (std::size_t i = events.size(); i > 1; --i) std::swap(events[i - 1], events[random.below(i)]);
}

}  // namespace

void plan_ssv2_mc(const WorldOptions& options, WorldPlan& plan) {
  std::string lines;
  const int count = kEventKindCount * options.test_actions;
  for (int i = 0; i < count; ++i) {
    const std::string name = concat(100000 + i, ".mp4");
    RandomStream random(options.seed, "world/ssv2-mc/" + name);
    const auto kind = static_cast<EventKind>(i % kEventKindCount);
    const Event event = sample_event(kind, Split::kTest, random);
    Scene scene = sample_action(event, draw_action_frames(random), random);
    std::vector<Event> events = possible_events(event, random);
    shuffle(events, random);
    Json line = {{"clip_name", name}, {"options", Json::array()}, {"answer", 0}};
    for (std::size_t option = 0; option < events.size(); ++option) {
      line["options"].push_back(query_sentence(events[option], random));
      if (meaning_of(events[option]) == meaning_of(event)) line["answer"] = option;
    }
    const Json sentence = line["options"][line["answer"].get<std::size_t>()];
    lines += line.dump() + "\n";
    plan.add("eval/ssv2-mc/videos/" + name, std::move(scene), Split::kTest, {{"query", sentence}});
  }
  plan.texts.push_back({"eval/ssv2-mc/ssv2_mc.jsonl", std::move(lines)});
  plan.counts["ssv2-mc"] = {{"test", count}};
}

}  // namespace tvts::world
