// tvts data world: the small narrated-video world as real files.
#include <optional>

#include "cli/data.h"
#include "cli/runtime.h"
#include "lab/world/write_world.h"
#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/core/progress.h"

namespace tvts::cli {
namespace {

struct DataWorldOptions {
  std::string output;
  world::WorldOptions world;
  std::size_t workers = 0;
};

void add_count(CLI::App& command, const char* flag, int& count, const char* help) {
  command.add_option(flag, count, help)->check(CLI::Range(0, 1'000'000))->capture_default_str();
}

void declare(CLI::App& command, DataWorldOptions& options) {
  world::WorldOptions& world = options.world;
  command.add_option("--output", options.output, "folder to write; an interrupted run goes on when it is run again")
      ->required();
  command.add_option("--seed", world.seed, "of all that is drawn at random")->check(at_least(0))->capture_default_str();
  command.add_option("--size", world.side, "side of a frame in pixels, even")->capture_default_str();
  add_count(command, "--narrated", world.narrated, "training clips with timed speech, 25 to 35 s each");
  add_count(command, "--alt", world.alt, "training clips with alt-text, 3 s each");
  add_count(command, "--stills", world.stills, "training pictures, with a caption in each register");
  command
      .add_option("--contrast-share", world.contrast_share,
                  "of the clips with alt-text, those in sets of eight that differ in what happens alone")
      ->capture_default_str();
  add_count(command, "--val", world.val, "validation clips with alt-text, and pictures; a quarter as many with speech");
  add_count(command, "--test", world.test, "test clips for caption retrieval");
  add_count(command, "--twins", world.twins, "test pairs that differ in order, and as many that differ in direction");
  add_count(command, "--test-narrated", world.test_narrated, "test clips with timed speech");
  add_count(command, "--test-actions", world.test_actions, "test clips of a class in each action set");
  command.add_option("--workers", options.workers, "threads (default: the cores)")->check(at_least(1));
}

int run(const DataWorldOptions& options) {
  std::optional<Progress> progress;
  world::write_world({.folder = options.output,
                      .options = options.world,
                      .threads = options.workers > 0 ? options.workers : thread_count(),
                      .stop = stop_requested(),
                      .on_progress = [&](std::size_t done, std::size_t total) {
                        if (!progress) progress.emplace("clips and pictures", total);
                        progress->update({.done = done});
                      }});
  if (progress) progress->finish();
  log_info(concat("wrote ", options.output, "/world.json"));
  return 0;
}

}  // namespace

void add_data_world(CLI::App& data, Action& action) {
  add_command<DataWorldOptions>(
      data, action, "world", "Write the small narrated-video world: clips, annotations, evaluation sets",
      [](CLI::App& command, DataWorldOptions& options) { declare(command, options); }, run);
}

}  // namespace tvts::cli
