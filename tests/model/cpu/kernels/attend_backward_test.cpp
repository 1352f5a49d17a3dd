#include "tvts/model/cpu/kernels/attend_backward.h"

#include "tests/model/cpu/kernels/kernel_support.h"

namespace tvts::test {
namespace {

template <class T>
using AttendBackwardKernel = KernelOf<T>;
TYPED_TEST_SUITE(AttendBackwardKernel, KernelTypes);

struct Shape {
  PatchGroups groups;
  std::size_t head_dim;
  std::size_t tokens() const { return 1 + groups.groups * groups.size; }
};

// Row 0 is CLS; row 1 + i is patch i.
using Matrix = std::vector<std::vector<double>>;

// The rows that a query sees.
std::vector<std::size_t> seen_by(const PatchGroups& groups, std::size_t query) {
  std::vector<std::size_t> rows = {0};
  if (query == 0) {
    for (std::size_t i = 0; i < groups.groups * groups.size; ++i) rows.push_back(1 + i);
    return rows;
  }
  const std::size_t patch = query - 1;
  const std::size_t group = groups.step == 1 ? patch / groups.size : patch % groups.groups;
  for (std::size_t i = 0; i < groups.size; ++i) rows.push_back(1 + group * groups.group_step + i * groups.step);
  return rows;
}

double dot(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

// sum over queries and coordinates of out_gradient * softmax(q k^T / sqrt(head_dim)) v: its derivatives are what the
// kernel gives.
double objective(const Shape& shape, const Matrix& q, const Matrix& k, const Matrix& v, const Matrix& out_gradient) {
  double total = 0;
  for (std::size_t query = 0; query < shape.tokens(); ++query) {
    double sum = 0, weighted = 0;
    for (const std::size_t row : seen_by(shape.groups, query)) {
      const double weight = std::exp(dot(q[query], k[row]) / std::sqrt(static_cast<double>(shape.head_dim)));
      sum += weight;
      weighted += weight * dot(v[row], out_gradient[query]);
    }
    total += weighted / sum;
  }
  return total;
}

template <class T>
Matrix read(const std::vector<T>& numbers, const Shape& shape, std::size_t stride) {
  Matrix rows(shape.tokens(), std::vector<double>(shape.head_dim));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t d = 0; d < shape.head_dim; ++d) rows[i][d] = value(numbers[i * stride + d]);
  }
  return rows;
}

template <class T>
ClipHead<T> head(T* first, std::size_t stride) {
  return {.cls = first, .patches = first + stride, .stride = stride};
}

template <class T>
void check(const Shape& shape) {
  const std::size_t stride = shape.head_dim + 3, size = shape.tokens() * stride;
  std::vector<std::vector<T>> given, found(3, std::vector<T>(size));
  for (unsigned i = 0; i < 4; ++i) given.push_back(random_numbers<T>(size, 11 + i));
  AttendScratch scratch;
  const auto at = [&](std::size_t i) { return head<const T>(given[i].data(), stride); };
  attend_backward(AttendBackward<T>{.q = at(0),
                                    .k = at(1),
                                    .v = at(2),
                                    .out_gradient = at(3),
                                    .groups = shape.groups,
                                    .head_dim = shape.head_dim,
                                    .q_gradient = head(found[0].data(), stride),
                                    .k_gradient = head(found[1].data(), stride),
                                    .v_gradient = head(found[2].data(), stride)},
                  scratch);
  std::vector<Matrix> matrices;
  for (const auto& numbers : given) matrices.push_back(read(numbers, shape, stride));
  constexpr double kStep = 1e-4;
  for (std::size_t which = 0; which < 3; ++which) {
    for (std::size_t row = 0; row < shape.tokens(); ++row) {
      for (std::size_t d = row % 3; d < shape.head_dim; d += 7) {
        const auto moved = [&](double step) {
          std::vector<Matrix> changed = matrices;
          changed[which][row][d] += step;
          return objective(shape, changed[0], changed[1], changed[2], changed[3]);
        };
        const double expected = (moved(kStep) - moved(-kStep)) / (2 * kStep);
        EXPECT_NEAR(value(found[which][row * stride + d]), expected, 10 * rounding<T>(1 + std::abs(expected)))
            << "qkv"[which] << " row " << row << " " << d;
      }
    }
  }
}

TYPED_TEST(AttendBackwardKernel, IsTheDerivativeOfAttentionOverFramesAndOverTime) {
  under_each_instruction_set([] {
    const auto space = [](std::size_t frames, std::size_t patches) {
      return PatchGroups{.groups = frames, .size = patches, .group_step = patches, .step = 1};
    };
    const auto time = [](std::size_t frames, std::size_t patches) {
      return PatchGroups{.groups = patches, .size = frames, .group_step = 1, .step = patches};
    };
    for (const Shape& shape : {Shape{space(2, 5), 64}, Shape{time(3, 4), 64}, Shape{space(1, 1), 7},
                               Shape{time(5, 2), 33}, Shape{space(1, 51), 8}}) {
      check<TypeParam>(shape);
    }
  });
}

}  // namespace
}  // namespace tvts::test
