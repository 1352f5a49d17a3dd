// The measures of tvts/metrics over matrices of similarities.
#include <pybind11/stl.h>

#include "python/native/long_call.h"
#include "python/native/parts.h"
#include "python/native/values.h"
#include "tvts/core/usable_cores.h"
#include "tvts/metrics/accuracy.h"
#include "tvts/metrics/bootstrap.h"
#include "tvts/metrics/dual_softmax.h"
#include "tvts/metrics/retrieval_metrics.h"

namespace tvts::python {

namespace py = pybind11;

namespace {

using Matrix = py::array_t<float, py::array::c_style | py::array::forcecast>;

// A matrix in memory, a tile at a time.
FillTile tiles_of_matrix(const float* first, std::size_t videos) {
  return [first, videos](const SimilarityTile& tile, std::span<float> values) {
    for (std::size_t text = 0; text < tile.texts; ++text) {
      const float* row = first + (tile.first_text + text) * videos + tile.first_video;
      std::copy(row, row + tile.videos, values.begin() + static_cast<std::ptrdiff_t>(text * tile.videos));
    }
  };
}

py::tuple arrays(RetrievalRanks ranks) {
  const auto texts = static_cast<std::int64_t>(ranks.t2v.size()), videos = static_cast<std::int64_t>(ranks.v2t.size());
  return py::make_tuple(owning_array(std::move(ranks.t2v), {texts}), owning_array(std::move(ranks.v2t), {videos}));
}

// similarity: [texts, videos]; video_of_text: [texts]. (t2v, v2t), by `scale` of dual softmax where there is one.
py::tuple retrieval_ranks(const Matrix& similarity, const VideoOfText& video_of_text, const std::string& ties,
                          std::optional<double> dual_softmax_scale) {
  if (similarity.ndim() != 2) throw py::value_error("similarity: expected [texts, videos]");
  const auto videos = static_cast<std::size_t>(similarity.shape(1));
  const std::span<const float> values(similarity.data(), static_cast<std::size_t>(similarity.size()));
  return arrays(short_call([&] {
    const TieRule rule = tie_rule_named(ties);
    if (!dual_softmax_scale) return tvts::retrieval_ranks(values, video_of_text, videos, rule);
    check_matrix_size(values.size(), video_of_text.size(), videos);
    return dual_softmax_ranks(tiles_of_matrix(values.data(), videos), video_of_text, videos, *dual_softmax_scale,
                              {.threads = usable_cores()}, rule);
  }));
}

using Ranks = py::array_t<double, py::array::c_style | py::array::forcecast>;

py::dict retrieval_metrics(const Ranks& ranks) {
  const RetrievalMetrics found = tvts::retrieval_metrics({ranks.data(), static_cast<std::size_t>(ranks.size())});
  py::dict measures;
  measures["queries"] = found.queries;
  measures["r1"] = found.r1;
  measures["r5"] = found.r5;
  measures["r10"] = found.r10;
  measures["r50"] = found.r50;
  measures["geometric_mean"] = found.geometric_mean;
  measures["median_rank"] = found.median_rank;
  measures["mean_rank"] = found.mean_rank;
  return measures;
}

// scores: [items, classes]; right: [items]. What each item counts towards top-k, in [0, 1].
py::array_t<double> credits(const Matrix& scores, const std::vector<std::size_t>& right, std::size_t k) {
  if (scores.ndim() != 2) throw py::value_error("scores: expected [items, classes]");
  const std::span<const float> values(scores.data(), static_cast<std::size_t>(scores.size()));
  const auto classes = static_cast<std::size_t>(scores.shape(1));
  std::vector<double> found = short_call([&] { return top_k_credits(values, right, classes, k); });
  const auto items = static_cast<std::int64_t>(found.size());
  return owning_array(std::move(found), {items});
}

// (mean, low, high)
py::tuple bootstrap(const Ranks& values, std::size_t resamples, double confidence, std::uint64_t seed) {
  const std::span<const double> numbers(values.data(), static_cast<std::size_t>(values.size()));
  const BootstrapOptions options = {
      .resamples = resamples, .confidence = confidence, .seed = seed, .threads = usable_cores()};
  const Interval found = short_call([&] { return bootstrap_mean(numbers, options); });
  return py::make_tuple(found.mean, found.low, found.high);
}

}  // namespace

void add_metrics(py::module_& module) {
  module.def("retrieval_ranks", &retrieval_ranks, py::arg("similarity"), py::arg("video_of_text"), py::arg("ties"),
             py::arg("dual_softmax_scale"));
  module.def("retrieval_metrics", &retrieval_metrics, py::arg("ranks"));
  module.def("top_k_credits", &credits, py::arg("scores"), py::arg("right"), py::arg("k"));
  module.def("bootstrap_mean", &bootstrap, py::arg("values"), py::arg("resamples"), py::arg("confidence"),
             py::arg("seed"));
}

}  // namespace tvts::python
