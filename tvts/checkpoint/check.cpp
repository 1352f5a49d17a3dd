#include "tvts/checkpoint/check.h"

#include <unordered_set>

#include "tvts/core/error.h"

namespace tvts {
namespace {

constexpr std::size_t kMostOnOneLine = 8;

// The findings of one kind: "2 missing: a, b".
struct Findings {
  const char* kind;
  std::vector<std::string> lines;
};

// On one line, or a long list with one finding a line.
std::string joined(const std::vector<Findings>& all) {
  std::size_t count = 0;
  for (const Findings& findings : all) count += findings.lines.size();
  const bool is_long = count > kMostOnOneLine;
  std::string text;
  for (const Findings& findings : all) {
    if (findings.lines.empty()) continue;
    text += concat(text.empty() ? "" : ";", is_long ? "\n" : " ", findings.lines.size(), " ", findings.kind, ":");
    for (const std::string& line : findings.lines) text += (is_long ? "\n  " : " ") + line + ",";
    text.pop_back();
  }
  return text;
}

// The shape of a tensor stored in parts must be that of the whole, cut evenly along the first axis.
std::string shape_fault(const std::string& name, const TensorView& view, Shape expected, const Source& source) {
  if (source.transposed) std::swap(expected.at(0), expected.at(1));
  expected.at(0) /= static_cast<int64_t>(source.names.size());
  if (view.shape != expected) return concat(name, " is ", to_string(view.shape), ", expected ", to_string(expected));
  if (!is_floating(view.dtype)) return concat(name, " holds ", to_string(view.dtype), ", expected floating numbers");
  return "";
}

}  // namespace

void check_state(const Checkpoint& checkpoint, Family family, const ModelConfig& config,
                 const std::vector<ExpectedTensor>& expected) {
  Findings missing{"missing", {}}, extra{"extra", {}}, misshapen{"misshapen", {}};
  std::unordered_set<std::string> used;
  for (const ExpectedTensor& tensor : expected) {
    const auto source = source_of(family, tensor.name);
    if (!source) continue;
    for (const std::string& name : source->names) {
      used.insert(name);
      const TensorView* view = checkpoint.find(name);
      if (view == nullptr) {
        missing.lines.push_back(name);
      } else if (std::string fault = shape_fault(name, *view, tensor.shape, *source); !fault.empty()) {
        misshapen.lines.push_back(std::move(fault));
      }
    }
  }
  for (const NamedTensor& tensor : checkpoint.tensors) {
    if (!used.contains(tensor.name) && !is_unused(family, tensor.name)) extra.lines.push_back(tensor.name);
  }
  const std::string findings = joined({missing, extra, misshapen});
  if (findings.empty()) return;
  fail_input(checkpoint.path, " (", to_string(family), ") does not hold the tensors of ", config.name, ":", findings);
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
