#include "tvts/model/weights/check.h"

#include <algorithm>
#include <unordered_set>

#include "tvts/core/error.h"

namespace tvts {
namespace {

constexpr std::size_t kMostOnOneLine = 8;
constexpr std::size_t kMostShown = 40;  // of a kind

// The shape of a tensor stored in parts must be that of the whole, cut evenly along the first axis.
std::string shape_fault(const std::string& name, const TensorView& view, Shape expected, const Source& source) {
  if (source.transposed) std::swap(expected.at(0), expected.at(1));
  expected.at(0) /= static_cast<int64_t>(source.names.size());
  if (view.shape != expected) return concat(name, " is ", to_string(view.shape), ", expected ", to_string(expected));
  if (!is_floating(view.dtype)) return concat(name, " holds ", to_string(view.dtype), ", expected floating numbers");
  return "";
}

}  // namespace

std::string StateFindings::text() const {
  const bool is_long = count() > kMostOnOneLine;
  std::string text;
  const auto list = [&](const char* kind, const std::vector<std::string>& findings) {
    if (findings.empty()) return;
    text += concat(text.empty() ? "" : ";", is_long ? "\n" : text.empty() ? "" : " ", findings.size(), " ", kind, ":");
    const std::size_t shown = std::min(findings.size(), kMostShown);
    for (std::size_t i = 0; i < shown; ++i) text += (is_long ? "\n  " : " ") + findings[i] + ",";
    text.pop_back();
    if (shown < findings.size()) text += concat("\n  and ", findings.size() - shown, " more");
  };
  list("missing", missing);
  list("extra", extra);
  list("misshapen", misshapen);
  return text;
}

StateFindings compare_state(const Checkpoint& checkpoint, Family family, const std::vector<ExpectedTensor>& expected) {
  StateFindings findings;
  std::unordered_set<std::string> used;
  for (const ExpectedTensor& tensor : expected) {
    const auto source = source_of(family, tensor.name);
    if (!source) continue;
    for (const std::string& name : source->names) {
      used.insert(name);
      const TensorView* view = checkpoint.find(name);
      if (view == nullptr) {
        findings.missing.push_back(name);
      } else if (std::string fault = shape_fault(name, *view, tensor.shape, *source); !fault.empty()) {
        findings.misshapen.push_back(std::move(fault));
      }
    }
  }
  for (const NamedTensor& tensor : checkpoint.tensors) {
    if (!used.contains(tensor.name) && !is_unused(family, tensor.name)) findings.extra.push_back(tensor.name);
  }
  return findings;
}

void check_state(const Checkpoint& checkpoint, Family family, const std::string& model,
                 const std::vector<ExpectedTensor>& expected) {
  const StateFindings findings = compare_state(checkpoint, family, expected);
  if (findings.count() == 0) return;
  fail_input(checkpoint.path, " (", to_string(family), ") does not hold the tensors of the model ", model, ": ",
             findings.text());
}

TensorParts tensor_of(const Checkpoint& checkpoint, const Source& source) {
  TensorParts tensor;
  for (const std::string& name : source.names) {
    const TensorView* view = checkpoint.find(name);
    TVTS_ASSERT(view != nullptr);
    tensor.parts.push_back(source.transposed ? transposed(*view) : *view);
  }
  return tensor;
}

}  // namespace tvts
