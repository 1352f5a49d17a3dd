// A model that times itself when it is asked to, so that other engines can be timed between its runs.
//
//   bench_serve MODEL.safetensors PRECISION THREADS
//
// Prints "ready" once the model is loaded, then answers each line of its input with one line:
//   video B        milliseconds that B random clips take, all together
//   text L...      milliseconds that random texts of L tokens each take, all together
//   embed FILE     FILE.npy holds float32 [B, T, 3, R, R]; the name of a file with their embeddings, [B, E]
#include <iostream>
#include <sstream>

#include "bench/bench.h"
#include "tvts/core/keep_freed_memory.h"
#include "tvts/core/npy.h"
#include "tvts/model/pretrained/load_model.h"
#include "tvts/model/runtime/precision.h"
#include "tvts/model/weights/model_state.h"

namespace tvts {
namespace {

std::vector<int64_t> lengths(std::istream& words) {
  std::vector<int64_t> found;
  for (int64_t length = 0; words >> length;) found.push_back(length);
  if (found.empty() || !words.eof()) fail_usage("found no list of numbers; expected text L...");
  return found;
}

// Random tokens, each text ended by the token that ends texts: [texts, context_length].
at::Tensor texts_of(const std::vector<int64_t>& lengths, const TextConfig& config) {
  const at::Tensor ids = at::zeros({static_cast<int64_t>(lengths.size()), config.context_length}, at::kLong);
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    if (lengths[i] < 1 || lengths[i] > config.context_length) fail_usage("found a text of ", lengths[i], " tokens");
    at::Tensor text = ids[static_cast<int64_t>(i)].narrow(0, 0, lengths[i]);
    text.random_(1, config.vocab_size - 1);
    text[lengths[i] - 1] = config.vocab_size - 1;
  }
  return ids;
}

std::string answer(InferenceModel& model, const std::string& line) {
  std::istringstream words(line);
  std::string what, path;
  int64_t batch = 0, length = 0;
  words >> what;
  const ModelConfig& config = model.config();
  if (what == "embed" && words >> path) {
    const NpyArray array = read_npy(path);
    const at::Tensor video = at::from_blob(const_cast<float*>(array.float32().data()), array.shape, at::kFloat);
    const at::Tensor found =
        model
            .embed_videos(video, std::vector<int64_t>(static_cast<std::size_t>(video.size(0)), video.size(1)),
                          Pool::kCls)
            .contiguous();
    write_npy(path + ".out.npy", found.sizes().vec(),
              {found.const_data_ptr<float>(), static_cast<std::size_t>(found.numel())});
    return path + ".out.npy";
  }
  if (what == "video" && words >> batch && batch > 0) {
    const VideoConfig& shape = config.video;
    const at::Tensor video = at::randn({batch, shape.num_frames, 3, shape.image_size, shape.image_size});
    const std::vector<int64_t> frames(static_cast<std::size_t>(batch), shape.num_frames);
    return concat(milliseconds_of([&] { model.embed_videos(video, frames, Pool::kCls); }));
  }
  if (what == "text") {
    const at::Tensor ids = texts_of(lengths(words), config.text);
    return concat(milliseconds_of([&] { model.embed_texts(ids); }));
  }
  fail_usage("found '", line, "'; expected video B, text L... or embed FILE");
}

int run(int argc, char** argv) {
  if (argc != 4) fail_usage("expected MODEL.safetensors PRECISION THREADS");
  keep_freed_memory();
  at::set_num_threads(std::atoi(argv[3]));
  const ModelState state = open_model_state(argv[1], {});
  InferenceModel model(dual_encoder_of(state), "cpu", precision_named(argv[2]), [&] { state.release_pages(); });
  std::cout << "ready" << std::endl;
  for (std::string line; std::getline(std::cin, line);) std::cout << answer(model, line) << std::endl;
  return 0;
}

}  // namespace
}  // namespace tvts

int main(int argc, char** argv) { return tvts::main_of("bench_serve", tvts::run, argc, argv); }
