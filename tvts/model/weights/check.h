// Checks that a checkpoint has the tensors of a model.
#pragma once

#include <string>
#include <vector>

#include "tvts/model/weights/expected.h"
#include "tvts/model/weights/names.h"

namespace tvts {

// The differences found, under the names that the file uses.
struct StateFindings {
  std::vector<std::string> missing, extra, misshapen;  // misshapen: "name is [..], expected [..]", or its type

  std::size_t count() const { return missing.size() + extra.size() + misshapen.size(); }
  // "2 missing: a, b; 1 extra: c"; one a line where there are many, the first 40 of each kind.
  std::string text() const;
};

// `expected` are under our names.
StateFindings compare_state(const Checkpoint& checkpoint, Family family, const std::vector<ExpectedTensor>& expected);

// Throws one Error(kInput) with all findings, if there are any.
void check_state(const Checkpoint& checkpoint, Family family, const std::string& model,
                 const std::vector<ExpectedTensor>& expected);

// The checkpoint's tensor for one of ours, from one part or several; check_state has passed.
TensorParts tensor_of(const Checkpoint& checkpoint, const Source& source);

}  // namespace tvts
