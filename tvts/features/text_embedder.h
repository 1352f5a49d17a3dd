// Embeds texts.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tvts/model/runtime/inference.h"
#include "tvts/text/tokenizer.h"

namespace tvts {

inline constexpr std::size_t kTextBatch = 32;  // texts that go through the model together, by default

// float32 [texts, E], of length 1 when `normalize`. Texts go through the model in batches of batch_size, which compute
// side by side. on_batch, if set, is called with the number of texts done, by one thread at a time; it may throw to
// stop. Throws Error(kInput) when a feature is not finite.
at::Tensor embed_texts(const InferenceModel& model, const Tokenizer& tokenizer, const std::vector<std::string>& texts,
                       bool normalize, std::size_t batch_size,
                       const std::function<void(std::size_t done)>& on_batch = {});

// Each label put into the template in place of {}. Throws Error(kUsage) when the template has no {}.
std::vector<std::string> label_texts(const std::vector<std::string>& labels, const std::string& text_template);

// Zero-shot class weights (paper 4.3): each label put into every template in place of {}, the features normalised,
// averaged over the templates, normalised again: [labels, E]. on_batch: of the texts of all templates.
at::Tensor embed_labels(const InferenceModel& model, const Tokenizer& tokenizer, const std::vector<std::string>& labels,
                        const std::vector<std::string>& templates, std::size_t batch_size,
                        const std::function<void(std::size_t done)>& on_batch = {});

}  // namespace tvts
