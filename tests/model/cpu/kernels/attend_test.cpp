#include "tvts/model/cpu/kernels/attend.h"

#include "tests/model/cpu/kernels/kernel_support.h"

namespace tvts::test {
namespace {

template <class T>
using AttendKernel = KernelOf<T>;
TYPED_TEST_SUITE(AttendKernel, KernelTypes);

struct Shape {
  std::size_t queries, keys, head_dim;
  bool has_cls, causal;
};

// Row i of the keys, the CLS row first where there is one.
template <class T>
const T* key_row(const T* cls, const HeadRows<T>& rows, std::size_t i) {
  if (cls == nullptr) return rows.first + i * rows.stride;
  return i == 0 ? cls : rows.first + (i - 1) * rows.stride;
}

// softmax(q k^T / sqrt(head_dim)) v of one query, by the definition.
template <class T>
std::vector<double> defined(const Attend<T>& group, std::size_t query) {
  const std::size_t cls = group.cls_k != nullptr ? 1 : 0, dim = group.head_dim;
  const std::size_t seen = group.causal ? cls + query + 1 : cls + group.keys;
  std::vector<double> weights(seen), out(dim);
  double sum = 0;
  for (std::size_t key = 0; key < seen; ++key) {
    double score = 0;
    for (std::size_t d = 0; d < dim; ++d) {
      score += value(group.q.first[query * group.q.stride + d]) * value(key_row(group.cls_k, group.k, key)[d]);
    }
    weights[key] = std::exp(score / std::sqrt(static_cast<double>(dim)));
    sum += weights[key];
  }
  for (std::size_t key = 0; key < seen; ++key) {
    for (std::size_t d = 0; d < dim; ++d) {
      out[d] += weights[key] / sum * value(key_row(group.cls_v, group.v, key)[d]);
    }
  }
  return out;
}

template <class T>
void check_shape_of(const Shape& shape) {
  const std::size_t stride = 3 * shape.head_dim + 5, rows = std::max(shape.queries, shape.keys) + 1;
  const std::vector<T> tokens = random_numbers<T>(rows * stride, 7);
  std::vector<T> out(shape.queries * (shape.head_dim + 3));
  const T* cls = tokens.data() + (rows - 1) * stride;
  const Attend<T> group = {.q = {tokens.data(), stride},
                           .k = {tokens.data() + shape.head_dim, stride},
                           .v = {tokens.data() + 2 * shape.head_dim, stride},
                           .cls_k = shape.has_cls ? cls + shape.head_dim : nullptr,
                           .cls_v = shape.has_cls ? cls + 2 * shape.head_dim : nullptr,
                           .queries = shape.queries,
                           .keys = shape.keys,
                           .head_dim = shape.head_dim,
                           .causal = shape.causal,
                           .out = out.data(),
                           .out_stride = shape.head_dim + 3};
  AttendScratch scratch;
  attend(group, scratch);
  for (std::size_t query = 0; query < shape.queries; ++query) {
    const std::vector<double> expected = defined(group, query);
    for (std::size_t d = 0; d < shape.head_dim; ++d) {
      EXPECT_NEAR(value(out[query * group.out_stride + d]), expected[d], rounding<T>(1 + std::abs(expected[d])))
          << query << " " << d;
    }
  }
}

TYPED_TEST(AttendKernel, IsSoftmaxAttentionOverAnyNumberOfKeys) {
  under_each_instruction_set([] {
    for (const Shape& shape :
         {Shape{12, 12, 64, true, false}, Shape{1, 1, 64, true, false}, Shape{1, 590, 80, true, false},
          Shape{3, 5, 32, false, false}, Shape{2, 17, 7, true, false}, Shape{4, 4, 33, true, false}}) {
      check_shape_of<TypeParam>(shape);
    }
  });
}

TYPED_TEST(AttendKernel, SeesNothingAfterAQueryThatIsCausal) {
  under_each_instruction_set([] {
    for (const Shape& shape : {Shape{1, 1, 64, false, true}, Shape{77, 77, 64, false, true},
                               Shape{9, 9, 80, false, true}, Shape{5, 5, 19, false, true}}) {
      check_shape_of<TypeParam>(shape);
    }
  });
}

TYPED_TEST(AttendKernel, KeepsScoresOfAnySizeFinite) {
  under_each_instruction_set([] {
    const std::vector<TypeParam> tokens = random_numbers<TypeParam>(64 * 3 * 4, 3, /*scale=*/1000);
    std::vector<TypeParam> out(4 * 64);
    AttendScratch scratch;
    attend(Attend<TypeParam>{.q = {tokens.data(), 192},
                             .k = {tokens.data() + 64, 192},
                             .v = {tokens.data() + 128, 192},
                             .cls_k = nullptr,
                             .cls_v = nullptr,
                             .queries = 4,
                             .keys = 4,
                             .head_dim = 64,
                             .causal = false,
                             .out = out.data(),
                             .out_stride = 64},
           scratch);
    for (const TypeParam number : out) EXPECT_TRUE(std::isfinite(value(number)));
  });
}

}  // namespace
}  // namespace tvts::test
