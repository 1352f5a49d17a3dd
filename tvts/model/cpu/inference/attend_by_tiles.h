// Attention within a group of tokens by libtorch's products of small bfloat16 matrices, which use what the CPU has for
// them: dot products of pairs, or tiles (AMX).
#pragma once

#include <vector>

#include "tvts/model/cpu/kernels/attend.h"

namespace tvts {

// True if heads of this size can be attended to with a TileScratch on this CPU, and are so clearly faster in one
// trial.
bool attends_by_tiles(std::size_t head_dim);

// Memory that a thread keeps from one group to the next, the CPU's tiles among it, which no other code of the thread
// may use meanwhile.
class TileScratch {
 public:
  TileScratch() = default;
  ~TileScratch();
  TileScratch(const TileScratch&) = delete;
  TileScratch& operator=(const TileScratch&) = delete;

 private:
  friend void attend(const Attend<Bfloat16>& group, TileScratch& scratch);

  std::vector<std::uint32_t> keys_, values_;
  std::vector<float> scores_, inverse_sums_, mixed_;
  std::vector<Bfloat16> weights_;
};

// As attend() with an AttendScratch, of groups that are not causal; weights are rounded to bfloat16 before they mix the
// values. Needs attends_by_tiles().
void attend(const Attend<Bfloat16>& group, TileScratch& scratch);

}  // namespace tvts
