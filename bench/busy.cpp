// Measures training and embedding with one thread and with two, on an idle machine and beside programs of the same
// priority that never pause.
//
//   bench_busy [MODEL.json [PROGRAMS [SECONDS [ROUNDS]]]]    configs/model/small.json 3 5 3
//
// The programs are started and ended here. One line a case: what, threads, its rate idle, times that of one thread; its
// rate beside the programs, as a share of the idle one, and half of the share threads / (threads + PROGRAMS), which it
// should reach. Medians of rounds in which every case has its turn; random weights, fp32.
#include <sys/prctl.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "bench/bench.h"
#include "bench/short_video.h"
#include "bench/training_step.h"
#include "tvts/core/keep_freed_memory.h"
#include "tvts/features/video_embedder.h"
#include "tvts/model/weights/model_json.h"

namespace tvts {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

// While it lives, so many processes keep a core busy each.
class BusyPrograms {
 public:
  explicit BusyPrograms(int count) {
    for (int i = 0; i < count; ++i) {
      const pid_t program = fork();
      if (program == 0) spin();
      if (program > 0) programs_.push_back(program);
    }
  }
  ~BusyPrograms() {
    for (const pid_t program : programs_) {
      kill(program, SIGKILL);
      waitpid(program, nullptr, 0);
    }
  }
  BusyPrograms(const BusyPrograms&) = delete;
  BusyPrograms& operator=(const BusyPrograms&) = delete;

 private:
  [[noreturn]] static void spin() {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (volatile unsigned turn = 0;; turn = turn + 1) {
    }
  }

  std::vector<pid_t> programs_;
};

// How many units of work `once` does in a second; it does `units` each time. The first time sets things up.
double rate_of(const std::function<void()>& once, double units, double seconds) {
  once();
  double done = 0;
  const auto begin = Clock::now();
  for (; seconds_since(begin) < seconds; done += units) once();
  return done / seconds_since(begin);
}

double train(const ModelConfig& config, double seconds) {
  constexpr int64_t kClips = 48;
  TrainingStep step(config, /*bf16=*/false);
  const ObjectiveBatch batch = random_batch(config, kClips, /*mask_ratio=*/0);
  return rate_of([&] { step.take(batch); }, kClips, seconds);
}

EmbedOptions options_of(const ModelConfig& config) {
  EmbedOptions options;
  options.clips.num_frames = config.video.num_frames;
  options.clips.image_size = config.video.image_size;
  options.workers = options.replicas = static_cast<std::size_t>(at::get_num_threads());
  return options;
}

double embed_videos(const ModelConfig& config, const std::string& video, double seconds) {
  InferenceModel model(random_model(config), "cpu", Precision::kFp32);
  const auto begin = Clock::now();
  const auto feed = [&]() -> std::optional<MediaItem> {
    return seconds_since(begin) < seconds ? std::optional(MediaItem{.path = video}) : std::nullopt;
  };
  VideoEmbedder embedder(model, options_of(config), feed, {});
  double clips = 0;
  for (auto group = embedder.next_group(); !group.empty(); group = embedder.next_group()) {
    clips += static_cast<double>(group.size());
  }
  return clips / seconds_since(begin);
}

// As a run over a single file does, and a search by a video.
double embed_one_video(const ModelConfig& config, const std::string& video, double seconds) {
  InferenceModel model(random_model(config), "cpu", Precision::kFp32);
  const EmbedOptions options = for_inputs(options_of(config), 1);
  return rate_of([&] { VideoEmbedder(model, options, feed_of({{.path = video}}), {}).next_group(); }, 1, seconds);
}

struct Work {
  const char* name;
  std::function<double(double seconds)> rate;
};

struct Case {
  const Work* work;
  int threads;
  std::vector<double> idle, beside;
};

double measure(const Case& c, double seconds) {
  return in_own_process([&] {
           keep_freed_memory();
           at::set_num_threads(c.threads);
           return c.work->rate(seconds);
         })
      .seconds;
}

void print(const Case& c, double idle_of_one, int programs) {
  const double idle = median(c.idle), beside = median(c.beside);
  std::printf("%s\t%d threads\t%.1f/s idle\t%.2f of one thread\t%.1f/s beside %d\t%.2f of idle\thalf a share: %.2f\n",
              c.work->name, c.threads, idle, idle / idle_of_one, beside, programs, beside / idle,
              0.5 * c.threads / (c.threads + programs));
}

int run(int argc, char** argv) {
  const ModelConfig config = read_config_file(argc > 1 ? argv[1] : "configs/model/small.json");
  const int programs = argc > 2 ? std::atoi(argv[2]) : 3, rounds = argc > 4 ? std::atoi(argv[4]) : 3;
  const double seconds = argc > 3 ? std::atof(argv[3]) : 5;
  if (programs < 0 || rounds < 1 || seconds <= 0) fail_usage("expected MODEL.json PROGRAMS SECONDS ROUNDS");
  const std::string video = std::filesystem::temp_directory_path() / concat("tvts-bench-busy-", getpid(), ".mp4");
  draw_short_video(video);
  const Work all[] = {{"training", [&](double s) { return train(config, s); }},
                      {"embedding files", [&](double s) { return embed_videos(config, video, s); }},
                      {"one file at a time", [&](double s) { return embed_one_video(config, video, s); }}};
  std::vector<Case> cases;
  for (const Work& work : all) {
    for (const int threads : {1, 2}) cases.push_back({.work = &work, .threads = threads});
  }
  for (int round = 0; round < rounds; ++round) {
    for (Case& c : cases) c.idle.push_back(measure(c, seconds));
    const BusyPrograms busy(programs);
    for (Case& c : cases) c.beside.push_back(measure(c, seconds));
  }
  std::filesystem::remove(video);
  for (std::size_t i = 0; i < cases.size(); ++i) print(cases[i], median(cases[i / 2 * 2].idle), programs);
  return 0;
}

}  // namespace
}  // namespace tvts

int main(int argc, char** argv) { return tvts::main_of("bench_busy", tvts::run, argc, argv); }
