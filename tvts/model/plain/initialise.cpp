#include "tvts/model/plain/initialise.h"

#include <cmath>
#include <string_view>

#include "tvts/core/random.h"

namespace tvts {
namespace {

// Uniform values of the given standard deviation around 0.
void fill_random(at::Tensor& tensor, double deviation, std::uint64_t seed, const std::string& name) {
  RandomStream stream(seed, "init/" + name);
  const double width = 2 * deviation * std::sqrt(3.0);
  float* values = tensor.data_ptr<float>();
  for (int64_t i = 0; i < tensor.numel(); ++i) values[i] = static_cast<float>((stream.uniform() - 0.5) * width);
}

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

double power(int64_t value, double exponent) { return std::pow(static_cast<double>(value), exponent); }

// The deviation of a weight that starts at random; negative for one that starts as a constant.
class Rule {
 public:
  Rule(const ModelConfig& config, TemporalStart temporal_start, double position_deviation)
      : config_(config), temporal_start_(temporal_start), position_deviation_(position_deviation) {}

  double deviation(const std::string& name, const at::Tensor& tensor) const {
    if (contains(name, "ln_") || contains(name, "norm") || contains(name, "type_embed")) return kConstant;
    if (contains(name, "timeattn") && temporal_start_ == TemporalStart::kZero) return kConstant;
    if (is_quiet(name)) return kConstant;
    if (contains(name, "pred_model") || contains(name, "timeattn") || contains(name, "conv1")) return by_fan_in(tensor);
    if (name.ends_with("bias")) return kConstant;
    if (name == "text_token_embedding.weight") return 0.02;
    if (name == "text_positional_embedding") return 0.01;
    if (position_deviation_ > 0 && is_position_of_video(name)) return position_deviation_;
    const bool text = name.starts_with("text_");
    const int64_t width = text ? config_.text.width : config_.video.width;
    const int64_t layers = text ? config_.text.layers : config_.video.layers;
    if (contains(name, "c_fc")) return power(2 * width, -0.5);
    const bool ends_a_branch = contains(name, "c_proj") || contains(name, "out_proj") || contains(name, "attn.proj");
    return power(width, -0.5) * (ends_a_branch ? power(2 * layers, -0.5) : 1.0);
  }

  double constant(const std::string& name) const {
    const bool zero = contains(name, "timeattn.qkv") || is_quiet(name);
    return name.ends_with("weight") && !zero ? 1.0 : 0.0;
  }

 private:
  static constexpr double kConstant = -1;

  bool is_quiet(const std::string& name) const {
    return temporal_start_ == TemporalStart::kQuiet && contains(name, "timeattn.proj");
  }

  static bool is_position_of_video(const std::string& name) {
    return name == "video_model.positional_embedding" || name == "video_model.temporal_embedding";
  }

  // A Linear's usual start: uniform within +-fan_in^-0.5; biases (1-D) like the weights of their width.
  static double by_fan_in(const at::Tensor& tensor) {
    const int64_t fan_in = tensor.dim() > 1 ? tensor[0].numel() : tensor.size(0);
    return power(fan_in, -0.5) / std::sqrt(3.0);
  }

  const ModelConfig& config_;
  TemporalStart temporal_start_;
  double position_deviation_;
};

template <class Chosen>
void initialise_where(DualEncoder& model, std::uint64_t seed, const Rule& rule, Chosen chosen) {
  const at::NoGradGuard no_grad;
  for (auto& [name, tensor] : named_parameters(model)) {
    if (!chosen(name)) continue;
    const double deviation = rule.deviation(name, tensor);
    if (deviation < 0) {
      tensor.fill_(rule.constant(name));
    } else {
      fill_random(tensor, deviation, seed, name);
    }
  }
}

}  // namespace

void initialise(DualEncoder& model, std::uint64_t seed, TemporalStart temporal_start, double position_deviation) {
  const Rule rule(model.config, temporal_start, position_deviation);
  initialise_where(model, seed, rule, [](const std::string&) { return true; });
}

void initialise_temporal(DualEncoder& model, std::uint64_t seed, TemporalStart temporal_start,
                         double position_deviation) {
  const Rule rule(model.config, temporal_start, position_deviation);
  initialise_where(model, seed, rule, [](const std::string& name) {
    return contains(name, "timeattn") || contains(name, "ln_3") || contains(name, "temporal_embedding");
  });
}

void initialise_sort_head(DualEncoder& model, std::uint64_t seed) {
  const Rule rule(model.config, TemporalStart::kRandom, 0);
  initialise_where(model, seed, rule, [](const std::string& name) { return name.starts_with("pred_model."); });
}

}  // namespace tvts
