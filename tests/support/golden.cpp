#include "tests/support/golden.h"

#include <cstdio>
#include <fstream>

#include "tvts/core/error.h"
#include "tvts/model/weights/safetensors.h"

namespace tvts::test {
namespace {

at::ScalarType scalar_type(DType dtype) {
  switch (dtype) {
    case DType::F64: return at::kDouble;
    case DType::F32: return at::kFloat;
    case DType::F16: return at::kHalf;
    case DType::BF16: return at::kBFloat16;
    case DType::I64: return at::kLong;
    case DType::I32: return at::kInt;
    case DType::I16: return at::kShort;
    case DType::I8: return at::kChar;
    case DType::U8: return at::kByte;
    case DType::BOOL: return at::kBool;
  }
  TVTS_ASSERT(false);
}

at::Tensor to_tensor(const TensorView& view) {
  const at::ScalarType type = scalar_type(view.dtype);
  const at::Tensor mapped = at::from_blob(const_cast<std::byte*>(view.storage.data()), view.shape, type);
  if (type == at::kByte) return mapped.clone();
  return mapped.to(at::isFloatingType(type) ? at::kFloat : at::kLong, /*non_blocking=*/false, /*copy=*/true);
}

}  // namespace

Tensors read_tensors(const std::string& path) {
  const auto file = MappedFile::open(path);
  Tensors tensors;
  for (const NamedTensor& tensor : read_safetensors({file->bytes(), path}).tensors) {
    tensors[tensor.name] = to_tensor(tensor.view);
  }
  return tensors;
}

Tensors golden_tensors(const std::string& name) { return read_tensors(golden_file(name + ".safetensors")); }

nlohmann::json golden_json(const std::string& name) {
  std::ifstream file(golden_file(name + ".json"));
  return nlohmann::json::parse(file);
}

void fill(torch::nn::Module& module, const Tensors& weights, const std::string& prefix) {
  const at::NoGradGuard no_grad;
  for (auto& parameter : module.named_parameters()) {
    const auto found = weights.find(prefix + parameter.key());
    if (found == weights.end()) fail_input("golden weights lack ", prefix, parameter.key());
    parameter.value().copy_(found->second);
  }
}

double default_noise(const at::Tensor& expected) { return 1e-6 * expected.abs().max().item<double>(); }

void expect_close(const at::Tensor& actual, const at::Tensor& expected, double noise, const std::string& what) {
  ASSERT_EQ(actual.sizes(), expected.sizes()) << what;
  const double largest = (actual - expected).abs().max().item<double>();
  EXPECT_LE(largest, 10 * noise) << what;
  std::printf("golden %-24s largest error %.3g, bound %.3g\n", what.c_str(), largest, 10 * noise);
}

ModelConfig golden_config(const nlohmann::json& video, const nlohmann::json& text) {
  ModelConfig config;
  config.name = "golden";
  config.kind = model_kind_named(video.at("kind"));
  config.activation = config.kind == ModelKind::kH ? Activation::kGelu : Activation::kQuickGelu;
  config.embed_dim = video.at("embed_dim");
  config.video = {.width = video.at("width"),
                  .layers = video.at("layers"),
                  .heads = video.at("heads"),
                  .patch_size = video.at("patch"),
                  .image_size = video.at("resolution"),
                  .num_frames = video.at("temporal_embeddings")};
  config.text = {.width = text.at("width"),
                 .layers = text.at("layers"),
                 .heads = text.at("heads"),
                 .context_length = text.at("context"),
                 .vocab_size = text.at("vocab")};
  return config;
}

}  // namespace tvts::test
