#include "tvts/text/byte_pairs.h"

#include <algorithm>
#include <array>
#include <bit>
#include <limits>
#include <queue>

namespace tvts {
namespace {

constexpr int32_t kNoRank = std::numeric_limits<int32_t>::max();
constexpr std::size_t kScanLimit = 64;  // bytes; longer words take the heap

uint64_t key(int32_t left, int32_t right) {
  return static_cast<uint64_t>(static_cast<uint32_t>(left)) << 32 | static_cast<uint32_t>(right);
}

std::size_t hash(uint64_t pair, int shift) { return static_cast<std::size_t>((pair * 0x9e3779b97f4a7c15u) >> shift); }

// A merge that may be done: of the token at `position` and the one after it, as both were when it was noted.
struct Candidate {
  int32_t rank;
  std::size_t position;
  std::size_t next;
  int32_t left, right;
  // The lowest rank on top; of equal ones the leftmost.
  bool operator<(const Candidate& other) const {
    return rank != other.rank ? rank > other.rank : position > other.position;
  }
};

}  // namespace

BytePairs::BytePairs(const Vocabulary& vocabulary) {
  const std::size_t size = std::bit_ceil(std::max<std::size_t>(vocabulary.merges().size() * 2, 2));
  slots_.resize(size);
  shift_ = 64 - std::countr_zero(size);
  int32_t rank = 0;
  for (const Merge& merge : vocabulary.merges()) {
    std::size_t slot = hash(key(merge.left, merge.right), shift_);
    while (slots_[slot].rank >= 0) slot = (slot + 1) & (size - 1);
    slots_[slot] = {key(merge.left, merge.right), rank++};
  }
}

int32_t BytePairs::rank(int32_t left, int32_t right) const {
  const uint64_t pair = key(left, right);
  for (std::size_t slot = hash(pair, shift_); slots_[slot].rank >= 0; slot = (slot + 1) & (slots_.size() - 1)) {
    if (slots_[slot].pair == pair) return slots_[slot].rank;
  }
  return kNoRank;
}

void BytePairs::encode(std::string_view word, std::vector<int32_t>& ids) const {
  if (word.empty()) return;
  const std::size_t first = ids.size();
  for (const char byte : word) ids.push_back(byte_token(static_cast<uint8_t>(byte)));
  ids.back() += 256;
  if (word.size() <= kScanLimit) {
    merge_by_scan(ids, first);
  } else {
    merge_by_heap(ids, first);
  }
}

// The definition: look for the lowest rank, merge, repeat. For words of a usual length twice as fast as the heap
// (bench/tokenizer.cpp).
void BytePairs::merge_by_scan(std::vector<int32_t>& ids, std::size_t first) const {
  int32_t* token = ids.data() + first;
  std::size_t count = ids.size() - first;
  std::array<int32_t, kScanLimit> ranks;  // of each token with the next
  for (std::size_t i = 0; i + 1 < count; ++i) ranks[i] = rank(token[i], token[i + 1]);
  while (count > 1) {
    const std::size_t i = static_cast<std::size_t>(
        std::min_element(ranks.begin(), ranks.begin() + static_cast<std::ptrdiff_t>(count - 1)) - ranks.begin());
    if (ranks[i] == kNoRank) break;
    token[i] = kByteTokens + ranks[i];
    std::copy(token + i + 2, token + count, token + i + 1);
    std::copy(ranks.begin() + static_cast<std::ptrdiff_t>(i) + 1,
              ranks.begin() + static_cast<std::ptrdiff_t>(count) - 1, ranks.begin() + static_cast<std::ptrdiff_t>(i));
    --count;
    if (i > 0) ranks[i - 1] = rank(token[i - 1], token[i]);
    if (i + 1 < count) ranks[i] = rank(token[i], token[i + 1]);
  }
  ids.resize(first + count);
}

// The same with the candidates in a heap and the tokens in a linked list.
void BytePairs::merge_by_heap(std::vector<int32_t>& ids, std::size_t first) const {
  constexpr int32_t kGone = -1;
  const std::size_t end = ids.size();
  std::vector<std::size_t> next(end - first), previous(end - first);  // of the token at first + index
  std::priority_queue<Candidate> candidates;
  const auto note = [&](std::size_t left, std::size_t right) {
    const int32_t found = rank(ids[left], ids[right]);
    if (found != kNoRank) candidates.push({found, left, right, ids[left], ids[right]});
  };
  for (std::size_t i = first; i < end; ++i) {
    next[i - first] = i + 1;
    previous[i - first] = i - 1;  // of the first: never read
    if (i + 1 < end) note(i, i + 1);
  }
  while (!candidates.empty()) {
    const Candidate best = candidates.top();
    candidates.pop();
    // A token that was merged since has another id.
    if (ids[best.position] != best.left || ids[best.next] != best.right) continue;
    ids[best.position] = kByteTokens + best.rank;
    ids[best.next] = kGone;
    const std::size_t after = next[best.next - first];
    next[best.position - first] = after;
    if (after < end) previous[after - first] = best.position;
    if (best.position > first) note(previous[best.position - first], best.position);
    if (after < end) note(best.position, after);
  }
  ids.erase(std::remove(ids.begin() + static_cast<std::ptrdiff_t>(first), ids.end(), kGone), ids.end());
}

}  // namespace tvts
