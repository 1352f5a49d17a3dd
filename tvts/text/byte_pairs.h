// Byte-pair encoding of one word: its bytes are merged pair by pair, the pair learned first before all others.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "tvts/text/vocabulary.h"

namespace tvts {

class BytePairs {
 public:
  explicit BytePairs(const Vocabulary& vocabulary);

  // Appends the word's ids. Time grows as n log n with the word's length, whatever the word.
  void encode(std::string_view word, std::vector<int32_t>& ids) const;

 private:
  struct Slot {
    uint64_t pair = 0;  // left id, right id
    int32_t rank = -1;  // -1: an empty slot
  };

  // The rank of a pair, kNoRank when it is not merged.
  int32_t rank(int32_t left, int32_t right) const;
  void merge_by_scan(std::vector<int32_t>& ids, std::size_t first) const;
  void merge_by_heap(std::vector<int32_t>& ids, std::size_t first) const;

  std::vector<Slot> slots_;  // open addressing, a power of two
  int shift_ = 0;            // 64 - log2(slots)
};

}  // namespace tvts
