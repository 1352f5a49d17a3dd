#include "tvts/evaluate/attention/temporal_chart.h"

#include "tvts/core/error.h"
#include "tvts/report/plain_text.h"

namespace tvts {

Chart temporal_chart(const at::Tensor& weights, const std::vector<double>& frame_seconds, const PatchPosition& patch) {
  TVTS_ASSERT(static_cast<std::int64_t>(frame_seconds.size()) < weights.size(1));
  Chart chart = {.title = concat("Attention over time of the patch in frame ", patch.frame, ", row ", patch.row,
                                 ", column ", patch.column),
                 .x_label = "time of the frame attended to, s",
                 .y_label = "attention weight"};
  for (std::int64_t head = 0; head < weights.size(0); ++head) {
    const std::string name = weights.size(0) == 1 ? "attention" : concat("head ", head);
    const std::string cls = fixed(weights[head][0].item<double>(), 3);
    ChartSeries series = {.name = concat(name, " (CLS ", cls, ")"), .x = frame_seconds};
    for (std::size_t frame = 0; frame < frame_seconds.size(); ++frame) {
      series.y.push_back(weights[head][static_cast<std::int64_t>(frame) + 1].item<double>());
    }
    chart.series.push_back(std::move(series));
  }
  const double even = 1 / static_cast<double>(weights.size(1));
  chart.series.push_back({.name = "even attention", .x = frame_seconds, .y = {}});
  chart.series.back().y.assign(frame_seconds.size(), even);
  return chart;
}

}  // namespace tvts
