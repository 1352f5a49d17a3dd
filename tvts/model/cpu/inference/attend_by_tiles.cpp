#include "tvts/model/cpu/inference/attend_by_tiles.h"

#include <ATen/native/CPUBlas.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <exception>

#include "tvts/model/cpu/inference/faster.h"
#include "tvts/model/cpu/kernels/padding.h"
#include "tvts/model/cpu/kernels/prefetch.h"
#include "tvts/model/cpu/kernels/softmax.h"

namespace tvts {
namespace {

using Pair = std::uint32_t;  // two bfloat16 numbers that are multiplied and added in one step

constexpr std::size_t kBlock = 64;           // columns of a right factor that lie together
constexpr std::size_t kTile = 16;            // what rows and columns of tiles are multiples of
constexpr std::size_t kDepth = 32;           // numbers that a tile multiplies and adds
constexpr std::size_t kQueriesAtOnce = 128;  // so that their scores stay in the cache

// A right factor [depth, columns]: blocks of kBlock columns, each [depth / 2, kBlock] of pairs down its columns.
struct PairedFactor {
  Pair* first;
  std::size_t depth;
  std::size_t columns;  // with padding, a multiple of kTile
  Pair* block(std::size_t column) const { return first + column / kBlock * (depth / 2) * kBlock; }
};

// c = a b. a: [rows, b.depth], rows a_stride numbers apart; c: [rows, b.columns], rows c_stride apart.
void product(const Bfloat16* a, std::size_t a_stride, const PairedFactor& b, std::size_t rows, float* c,
             std::size_t c_stride) {
  const auto size = [](std::size_t n) { return static_cast<int64_t>(n); };
  for (std::size_t column = 0; column < b.columns; column += kBlock) {
    at::native::cpublas::brgemm(size(rows), size(std::min(kBlock, b.columns - column)), size(b.depth), size(a_stride),
                                size(kBlock), size(c_stride), /*add_C=*/false, reinterpret_cast<const at::BFloat16*>(a),
                                reinterpret_cast<const at::BFloat16*>(b.block(column)), c + column);
  }
}

// k^T: [head_dim, keys]. The next head's rows, which lie beside this one's, are prefetched on the way. What lies in the
// padding comes into scores that are not read.
void lay_out_keys(const Attend<Bfloat16>& group, const PairedFactor& to) {
  const KeyRows<Bfloat16> k = group.all_keys(), v = group.all_values();
  const std::size_t keys = group.key_count();
  for (std::size_t key = 0; key < keys; ++key) {
    const Bfloat16* row = k[key];
    prefetch_row(row + to.depth, to.depth);
    prefetch_row(v[key] + to.depth, to.depth);
    if (key < group.queries) prefetch_row(group.q.first + key * group.q.stride + to.depth, to.depth);
    Pair* column = to.block(key) + key % kBlock;
    for (std::size_t i = 0; i < to.depth / 2; ++i) std::memcpy(column + i * kBlock, row + 2 * i, sizeof(Pair));
  }
}

// v: [keys, head_dim], zeros below the last key.
void lay_out_values(const Attend<Bfloat16>& group, const PairedFactor& to) {
  const KeyRows<Bfloat16> v = group.all_values();
  const std::size_t keys = group.key_count();
  for (std::size_t key = 0; key < to.depth; key += 2) {
    for (std::size_t column = 0; column < to.columns; column += kBlock) {
      const std::size_t width = std::min(kBlock, to.columns - column);
      Pair* pairs = to.block(column) + key / 2 * kBlock;
      if (key >= keys) {
        std::fill(pairs, pairs + width, 0);
        continue;
      }
      const Bfloat16* upper = v[key] + column;
      const Bfloat16* lower = key + 1 < keys ? v[key + 1] + column : nullptr;
      for (std::size_t i = 0; i < width; ++i) {
        const auto second = lower != nullptr ? static_cast<Pair>(lower[i]) : 0;
        pairs[i] = static_cast<Pair>(upper[i]) | second << 16;
      }
    }
  }
}

std::vector<Bfloat16> some_tokens(std::size_t count) {
  std::vector<Bfloat16> numbers(count);
  for (std::size_t i = 0; i < count; ++i) numbers[i] = static_cast<Bfloat16>(0x3f80 + i % 64);  // 1 to 1.5
  return numbers;
}

// Of a frame of ViT-B/16.
bool is_clearly_faster_by_tiles() {
  constexpr std::size_t kPatches = 196, kHeadDim = 64, kRow = 3 * kHeadDim;
  const std::vector<Bfloat16> tokens = some_tokens(kPatches * kRow);
  std::vector<Bfloat16> out(kPatches * kHeadDim);
  const auto rows = [&](std::size_t part) { return HeadRows<Bfloat16>{tokens.data() + part * kHeadDim, kRow}; };
  const Attend<Bfloat16> group = {.q = rows(0),
                                  .k = rows(1),
                                  .v = rows(2),
                                  .cls_k = rows(1).first,
                                  .cls_v = rows(2).first,
                                  .queries = kPatches,
                                  .keys = kPatches,
                                  .head_dim = kHeadDim,
                                  .causal = false,
                                  .out = out.data(),
                                  .out_stride = kHeadDim};
  TileScratch tiles;
  AttendScratch scratch;
  try {
    return is_clearly_faster([&] { attend(group, tiles); }, [&] { attend(group, scratch); });
  } catch (const std::exception&) {  // libtorch or oneDNN has no such products for this CPU
    return false;
  }
}

}  // namespace

bool attends_by_tiles(std::size_t head_dim) {
  static const bool is_faster = is_clearly_faster_by_tiles();
  return head_dim % kTile == 0 && is_faster;
}

TileScratch::~TileScratch() { at::native::cpublas::brgemm_release(); }

void attend(const Attend<Bfloat16>& group, TileScratch& scratch) {
  const std::size_t dim = group.head_dim, keys = group.key_count();
  const std::size_t wide = up_to_multiple(keys, kTile), deep = up_to_multiple(keys, kDepth);
  scratch.keys_.resize(dim / 2 * up_to_multiple(keys, kBlock));
  scratch.values_.resize(deep / 2 * up_to_multiple(dim, kBlock));
  scratch.scores_.resize(kQueriesAtOnce * wide);
  scratch.weights_.resize(kQueriesAtOnce * deep);
  scratch.mixed_.resize(kQueriesAtOnce * dim);
  scratch.inverse_sums_.resize(kQueriesAtOnce);
  const PairedFactor k = {.first = scratch.keys_.data(), .depth = dim, .columns = wide},
                     v = {.first = scratch.values_.data(), .depth = deep, .columns = dim};
  lay_out_keys(group, k);
  lay_out_values(group, v);
  const float scale = 1 / std::sqrt(static_cast<float>(dim));
  for (std::size_t first = 0; first < group.queries; first += kQueriesAtOnce) {
    const std::size_t rows = std::min(kQueriesAtOnce, group.queries - first);
    product(group.q.first + first * group.q.stride, group.q.stride, k, rows, scratch.scores_.data(), wide);
    softmax_weights({.scores = scratch.scores_.data(), .stride = wide, .rows = rows, .count = keys, .scale = scale},
                    scratch.weights_.data(), deep, scratch.inverse_sums_.data());
    product(scratch.weights_.data(), deep, v, rows, scratch.mixed_.data(), dim);
    scale_rows(scratch.mixed_.data(), rows, dim, scratch.inverse_sums_.data(), group.out + first * group.out_stride,
               group.out_stride);
  }
}

}  // namespace tvts
