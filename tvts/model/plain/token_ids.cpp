#include "tvts/model/plain/token_ids.h"

#include "tvts/core/error.h"
#include "tvts/model/plain/tensor_checks.h"

namespace tvts {

void check_token_ids(const at::Tensor& ids, const TextConfig& config) {
  check_shape("token ids", ids, {kAnySize, kAnySize});
  const int64_t length = ids.size(1);
  if (length < 1 || length > config.context_length) {
    fail_input("token ids have ", length, " positions; this model takes 1 to ", config.context_length);
  }
  if (ids.numel() > 0 && (ids.min().item<int64_t>() < 0 || ids.max().item<int64_t>() >= config.vocab_size)) {
    fail_input("a token id lies outside this model's vocabulary, [0, ", config.vocab_size,
               "): the tokenizer belongs to another model");
  }
}

at::Tensor ends_of_texts(const at::Tensor& ids) {
  return ids.eq(std::get<0>(ids.max(1, /*keepdim=*/true))).to(at::kByte).argmax(1);
}

}  // namespace tvts
