#include "tvts/model/plain/tensor_checks.h"

#include <sstream>

#include "tvts/core/error.h"

namespace tvts {
namespace {

bool matches(at::IntArrayRef sizes, std::initializer_list<int64_t> expected) {
  if (sizes.size() != expected.size()) return false;
  return std::equal(sizes.begin(), sizes.end(), expected.begin(),
                    [](int64_t size, int64_t wanted) { return wanted == kAnySize || size == wanted; });
}

template <class Sizes>
std::string written(const Sizes& sizes) {
  std::ostringstream out;
  const char* separator = "[";
  for (const int64_t size : sizes) {
    out << separator;
    size == kAnySize ? out << "*" : out << size;
    separator = ", ";
  }
  out << (sizes.size() == 0 ? "[]" : "]");
  return out.str();
}

}  // namespace

void check_shape(const char* name, const at::Tensor& tensor, std::initializer_list<int64_t> expected) {
  if (matches(tensor.sizes(), expected)) return;
  fail_input(name, " is ", written(tensor.sizes()), "; expected ", written(expected));
}

}  // namespace tvts
