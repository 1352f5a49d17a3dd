#include "tvts/fast/attend_by_tiles.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

namespace tvts::test {
namespace {

struct Shape {
  int64_t queries, keys, head_dim;
  bool has_cls;
};

// Rows of q, k and v beside each other, the CLS row last.
class Given {
 public:
  Given(const Shape& shape, double size)
      : shape_(shape),
        tokens_((size * at::randn({std::max(shape.queries, shape.keys) + 1, 3 * shape.head_dim})).to(at::kBFloat16)) {}

  template <class Scratch>
  at::Tensor attended() const {
    const at::Tensor out = at::full({shape_.queries, shape_.head_dim}, 9, at::kBFloat16);
    const int64_t cls = tokens_.size(0) - 1;
    Scratch scratch;
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
    return out.to(at::kFloat);
  }

 private:
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
    Given({.queries = 1, .keys = 1, .head_dim = 16, .has_cls = false}, 1).attended<TileScratch>();
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

TEST(AttendByTiles, IsTheSameAsByTheKernel) {
  if (!has_products()) GTEST_SKIP() << "this CPU has no products of bfloat16 pairs";
  torch::manual_seed(5);
  for (const Shape& shape :
       {Shape{12, 12, 64, true}, Shape{1, 1, 64, true}, Shape{49, 49, 64, true}, Shape{196, 196, 64, true},
        Shape{3, 5, 16, false}, Shape{130, 63, 80, true}, Shape{256, 256, 80, true}, Shape{2, 130, 48, false}}) {
    for (const double size : {1.0, 30.0}) {
      const Given given(shape, size);
      const double bound = size * 4 / 256;
      EXPECT_LT((given.attended<TileScratch>() - given.attended<AttendScratch>()).abs().max().item<double>(), bound)
          << shape.queries << " " << shape.keys << " " << shape.head_dim;
    }
  }
}

TEST(AttendByTiles, TakesHeadsOfWholeTilesAlone) {
  EXPECT_FALSE(attends_by_tiles(24));
  EXPECT_FALSE(attends_by_tiles(5));
}

}  // namespace
}  // namespace tvts::test
