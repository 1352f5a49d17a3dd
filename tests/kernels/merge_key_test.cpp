#include "tvts/kernels/merge_key.h"

#include "tests/kernels/kernel_support.h"

namespace tvts::test {
namespace {

template <class T>
using MergeKeyKernel = KernelOf<T>;
TYPED_TEST_SUITE(MergeKeyKernel, KernelTypes);

// Attention over one other key with score 0 and value `attended`, merged with the key k of value v.
template <class T>
void check(std::size_t rows, std::size_t heads, std::size_t dim) {
  const std::size_t width = heads * dim, stride = width + 4;
  const std::vector<T> attended = random_numbers<T>(rows * width, 1), q = random_numbers<T>(rows * stride, 2),
                       k = random_numbers<T>(width, 3), v = random_numbers<T>(width, 4);
  const std::vector<float> log_sum_exp = random_numbers<float>(rows * heads, 5);
  std::vector<T> out(rows * width);
  merge_key(MergeKey<T>{.attended = attended.data(),
                        .log_sum_exp = log_sum_exp.data(),
                        .q = q.data(),
                        .q_stride = stride,
                        .k = k.data(),
                        .v = v.data(),
                        .rows = rows,
                        .heads = heads,
                        .head_dim = dim,
                        .out = out.data()});
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t head = 0; head < heads; ++head) {
      double score = 0;
      for (std::size_t d = 0; d < dim; ++d) score += value(q[row * stride + head * dim + d]) * value(k[head * dim + d]);
      const double own = std::exp(score / std::sqrt(static_cast<double>(dim)));
      const double others = std::exp(static_cast<double>(log_sum_exp[row * heads + head]));
      for (std::size_t d = 0; d < dim; ++d) {
        const std::size_t place = row * width + head * dim + d;
        const double expected = (others * value(attended[place]) + own * value(v[head * dim + d])) / (others + own);
        EXPECT_NEAR(value(out[place]), expected, rounding<T>(1 + std::abs(expected))) << row << " " << head << " " << d;
      }
    }
  }
}

TYPED_TEST(MergeKeyKernel, IsTheSoftmaxOverAllKeys) {
  under_each_instruction_set([] {
    check<TypeParam>(7, 12, 64);
    check<TypeParam>(3, 2, 80);
    check<TypeParam>(1, 1, 5);
    check<TypeParam>(0, 4, 32);
  });
}

}  // namespace
}  // namespace tvts::test
