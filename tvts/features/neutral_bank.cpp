#include "tvts/features/neutral_bank.h"

#include <cmath>
#include <sstream>

#include "tvts/core/input_file.h"
#include "tvts/model/weights/sha256.h"
#include "tvts/store/significance.h"

namespace tvts {
namespace {

std::vector<float> unit_length(const std::vector<float>& values) {
  double sum = 0;
  for (const float value : values) sum += static_cast<double>(value) * value;
  const auto scale = static_cast<float>(sum > 0 ? 1 / std::sqrt(sum) : 0);
  std::vector<float> unit;
  for (const float value : values) unit.push_back(value * scale);
  return unit;
}

}  // namespace

NeutralBank embed_neutral_bank(const InferenceModel& model, const Tokenizer& tokenizer, const std::string& texts_path) {
  std::vector<std::string> texts;
  const std::string content = read_file(texts_path);
  std::istringstream lines(content);
  for (std::string line; std::getline(lines, line);) texts.push_back(line);
  return {.features = embed_texts(model, tokenizer, texts, /*normalize=*/true, kTextBatch).contiguous(),
          .sha256 = sha256_hex(std::as_bytes(std::span(content)))};
}

void add_statistics(std::vector<EmbeddedRow>& rows, const NeutralBank& bank) {
  const std::span<const float> features(bank.features.const_data_ptr<float>(),
                                        static_cast<std::size_t>(bank.features.numel()));
  for (EmbeddedRow& row : rows) row.info.neutral = neutral_statistics(unit_length(row.embedding), features);
}

}  // namespace tvts
