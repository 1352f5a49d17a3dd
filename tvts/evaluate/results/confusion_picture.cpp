#include "tvts/evaluate/results/confusion_picture.h"

#include <algorithm>

#include "tvts/core/error.h"
#include "tvts/media/video/image_codec.h"

namespace tvts {
namespace {

constexpr std::size_t kSide = 400, kMostSide = 4000;  // pixels

// From white to a dark blue.
void paint(std::uint8_t* pixel, double share) {
  constexpr int kDark[] = {16, 42, 110};
  for (int channel = 0; channel < 3; ++channel) {
    pixel[channel] = static_cast<std::uint8_t>(255 + share * (kDark[channel] - 255));
  }
}

std::vector<double> row_shares(const Evaluation& evaluation) {
  const std::size_t classes = evaluation.classes.size();
  std::vector<double> shares;
  for (std::size_t i = 0; i < classes * classes; ++i) {
    const std::size_t items = evaluation.classes[i / classes].accuracy.items;
    shares.push_back(items == 0 ? 0 : static_cast<double>(evaluation.confusion[i]) / static_cast<double>(items));
  }
  return shares;
}

}  // namespace

std::string confusion_png(const Evaluation& evaluation) {
  const std::size_t classes = evaluation.classes.size();
  TVTS_ASSERT(classes > 0 && evaluation.confusion.size() == classes * classes);
  const std::size_t cells = std::min(classes, kMostSide);  // of more classes the first ones
  const std::size_t cell = std::max<std::size_t>(1, (kSide + cells - 1) / cells), side = cells * cell;
  const std::vector<double> shares = row_shares(evaluation);
  std::vector<std::uint8_t> rgb(side * side * 3);
  for (std::size_t y = 0; y < side; ++y) {
    for (std::size_t x = 0; x < side; ++x) paint(&rgb[(y * side + x) * 3], shares[y / cell * classes + x / cell]);
  }
  const auto bytes = encode_png(rgb, static_cast<int>(side), static_cast<int>(side));
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Table confusion_table(const Evaluation& evaluation, std::size_t most) {
  const std::size_t classes = evaluation.classes.size();
  std::vector<std::size_t> indices;
  for (std::size_t i = 0; i < evaluation.confusion.size(); ++i) {
    if (i / classes != i % classes && evaluation.confusion[i] > 0) indices.push_back(i);
  }
  std::ranges::stable_sort(
      indices, [&](std::size_t a, std::size_t b) { return evaluation.confusion[a] > evaluation.confusion[b]; });
  Table table = {.title = "Most confused", .columns = {"Class", "taken for", "Videos"}};
  for (std::size_t i = 0; i < std::min(most, indices.size()); ++i) {
    table.rows.push_back({text_cell(evaluation.classes[indices[i] / classes].name),
                          text_cell(evaluation.classes[indices[i] % classes].name),
                          number_cell(static_cast<double>(evaluation.confusion[indices[i]]), 0)});
  }
  return table;
}

}  // namespace tvts
