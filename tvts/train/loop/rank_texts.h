// Exchanges text between the ranks of a run.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tvts/train/objective/collective.h"

namespace tvts {

// The text of every rank, in the order of the ranks. Every rank calls it.
std::vector<std::string> all_gather_texts(const std::string& text, Collective& collective);

// Runs `work` on rank 0 alone. The Error that it throws there is thrown on every rank. Every rank calls it.
void on_rank0(const std::function<void()>& work, Collective& collective);

}  // namespace tvts
