#include "tvts/model/cpu/inference/attend_by_tiles.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

#include <cmath>

namespace tvts::test {
namespace {

struct Shape {
  int64_t queries, keys, head_dim;
  bool has_cls;
};

// What attention gives, and a bound on what bfloat16 weights and results may add to or take from it.
struct Definition {
  at::Tensor out, bound;  // [queries, head_dim], double
};

// Rows of q, k and v beside each other, the CLS row last.
class Given {
 public:
  Given(const Shape& shape, double size)
      : shape_(shape),
        tokens_((size * at::randn({std::max(shape.queries, shape.keys) + 1, 3 * shape.head_dim})).to(at::kBFloat16)) {}

  // softmax(q k^T / sqrt(head_dim)) v in double. Each weight and each result is rounded by at most 1/256 of itself.
  Definition definition() const {
    const at::Tensor scores = part(0).narrow(0, 0, shape_.queries).matmul(keys_of(1).t());
    const at::Tensor weights = (scores / std::sqrt(static_cast<double>(shape_.head_dim))).softmax(1), v = keys_of(2);
    const at::Tensor out = weights.matmul(v);
    return {.out = out, .bound = (weights.matmul(v.abs()) + out.abs()) / 256 + 1e-6};
  }

  // All keys alike for every query: what attention must not be.
  at::Tensor mean_value() const { return keys_of(2).mean(0, /*keepdim=*/true); }

  at::Tensor attended() const {
    const at::Tensor out = at::full({shape_.queries, shape_.head_dim}, 9, at::kBFloat16);
    const int64_t cls = tokens_.size(0) - 1;
    TileScratch scratch;
    for (int twice = 0; twice < 2; ++twice) {
      attend(Attend<Bfloat16>{.q = rows(0),
                              .k = rows(1),
                              .v = rows(2),
                              .cls_k = shape_.has_cls ? rows(1, cls).first : nullptr,
                              .cls_v = shape_.has_cls ? rows(2, cls).first : nullptr,
                              .queries = static_cast<std::size_t>(shape_.queries),
                              .keys = static_cast<std::size_t>(shape_.keys),
                              .head_dim = static_cast<std::size_t>(shape_.head_dim),
                              .causal = false,
                              .out = static_cast<Bfloat16*>(out.data_ptr()),
                              .out_stride = static_cast<std::size_t>(shape_.head_dim)},
             scratch);
    }
    return out.to(at::kDouble);
  }

 private:
  at::Tensor part(int64_t part) const {
    return tokens_.narrow(1, part * shape_.head_dim, shape_.head_dim).to(at::kDouble);
  }
  // The rows that are attended to.
  at::Tensor keys_of(int64_t which) const {
    const at::Tensor others = part(which).narrow(0, 0, shape_.keys);
    return shape_.has_cls ? at::cat({part(which).narrow(0, tokens_.size(0) - 1, 1), others}) : others;
  }

  HeadRows<Bfloat16> rows(int64_t part, int64_t first = 0) const {
    const auto stride = static_cast<std::size_t>(tokens_.size(1));
    return {static_cast<const Bfloat16*>(tokens_.const_data_ptr()) + first * tokens_.size(1) + part * shape_.head_dim,
            stride};
  }

  Shape shape_;
  at::Tensor tokens_;
};

bool has_products() {
  try {
    Given({.queries = 1, .keys = 1, .head_dim = 16, .has_cls = false}, 1).attended();
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

TEST(AttendByTiles, IsTheDefinition) {
  if (!has_products()) GTEST_SKIP() << "this CPU has no products of bfloat16 pairs";
  torch::manual_seed(5);
  for (const Shape& shape :
       {Shape{12, 12, 64, true}, Shape{1, 1, 64, true}, Shape{49, 49, 64, true}, Shape{196, 196, 64, true},
        Shape{3, 5, 16, false}, Shape{130, 63, 80, true}, Shape{256, 256, 80, true}, Shape{2, 130, 48, false}}) {
    for (const double size : {1.0, 4.0}) {
      SCOPED_TRACE(testing::Message() << shape.queries << " " << shape.keys << " " << shape.head_dim << " " << size);
      const Given given(shape, size);
      const Definition expected = given.definition();
      EXPECT_LE(((given.attended() - expected.out).abs() / expected.bound).max().item<double>(), 1);
      EXPECT_GT(((given.mean_value() - expected.out).abs() / expected.bound).max().item<double>(), 4);
    }
  }
}

TEST(AttendByTiles, TakesHeadsOfWholeTilesAlone) {
  EXPECT_FALSE(attends_by_tiles(24));
  EXPECT_FALSE(attends_by_tiles(5));
}

}  // namespace
}  // namespace tvts::test
