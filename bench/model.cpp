// Measures the time of a clip in the video encoder: the fast path, the plain model, and the fast path's matrix products
// alone, interleaved in one process.
//
//   bench_model [MODEL] [BATCH] [ROUNDS]    default: ViT-B-32 1 5
//
// One line a precision and form: milliseconds a clip, median over the rounds. Weights are random, T and the frames'
// size are the model's.
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "bench/bench.h"
#include "tvts/core/keep_freed_memory.h"
#include "tvts/model/cpu/inference/fast_path.h"
#include "tvts/model/cpu/inference/fast_video_encoder.h"
#include "tvts/model/cpu/inference/packed_linear.h"
#include "tvts/model/plain/initialise.h"

namespace tvts {
namespace {

struct Form {
  const char* precision;
  const char* name;
  std::function<void()> run;
  std::vector<double> milliseconds = {};
};

// The products of all blocks over [rows, D], each with a weight of its own.
std::function<void()> products(const ModelConfig& config, int64_t rows, const Products& kind) {
  const int64_t width = config.video.width;
  std::vector<PackedLinear> layers;
  for (int64_t i = 0; i < config.video.layers; ++i) {
    for (const auto& [in, out] : {std::pair{1, 3}, {1, 1}, {1, 3}, {1, 1}, {1, 4}, {4, 1}}) {
      layers.emplace_back(at::randn({out * width, in * width}), at::Tensor(), kind);
    }
  }
  const LinearInput narrow = linear_input(at::randn({rows, width}).to(kind.type), layers[0].form()),
                    wide = linear_input(at::randn({rows, 4 * width}).to(kind.type), layers[5].form());
  return [layers, narrow, wide] {
    for (std::size_t i = 0; i < layers.size(); ++i) layers[i].product(i % 6 == 5 ? wide : narrow);
  };
}

int run(int argc, char** argv) {
  const ModelConfig config = named_model(argc > 1 ? argv[1] : "ViT-B-32");
  const int64_t batch = argc > 2 ? std::atoll(argv[2]) : 1, rounds = argc > 3 ? std::atoll(argv[3]) : 5;
  if (batch < 1 || rounds < 1) fail_usage("expected a batch and a number of rounds of 1 or more");
  keep_freed_memory();
  const at::InferenceMode no_gradients;
  DualEncoder model = make_dual_encoder(config);
  initialise(model, 1, TemporalStart::kRandom);
  const VideoConfig& shape = config.video;
  const at::Tensor video = at::randn({batch, shape.num_frames, 3, shape.image_size, shape.image_size});
  const int64_t rows = batch * (1 + shape.num_frames * shape.patches_per_frame());
  std::vector<Form> forms = {{"fp32", "plain", [&] { model.video(video); }}};
  const Products int8 = {.type = fastest_type(), .in_bytes = true};
  for (const auto& [precision, kind] : {std::pair<const char*, Products>{"fp32", {.type = at::kFloat}},
                                        {"bf16", {.type = at::kBFloat16}},
                                        {"int8", int8}}) {
    if (!takes_fast_path(at::kCPU, kind)) continue;
    const auto fast = std::make_shared<FastVideoEncoder>(*model.video, config, kind);
    forms.push_back({precision, "fast", [&, fast] { fast->forward(video, /*with_tokens=*/false); }});
    forms.push_back({precision, "products alone", products(config, rows, kind)});
  }
  for (const Form& form : forms) form.run();
  for (int64_t round = 0; round < rounds; ++round) {
    for (Form& form : forms) {
      form.milliseconds.push_back(milliseconds_of(form.run) / static_cast<double>(batch));
    }
  }
  for (const Form& form : forms) {
    std::printf("%s batch %lld %s %-14s %8.1f ms a clip\n", config.name.c_str(), static_cast<long long>(batch),
                form.precision, form.name, median(form.milliseconds));
  }
  return 0;
}

}  // namespace
}  // namespace tvts

int main(int argc, char** argv) { return tvts::main_of("bench_model", tvts::run, argc, argv); }
