// Recognises the tensors that torch writes into a pickle: the globals that build a tensor, and the tuples that name a
// storage.
#pragma once

#include <optional>

#include "tvts/model/weights/pickle.h"

namespace tvts {

// The result of calling the global `callable` with the tuple `arguments`: a tensor, a value that is there already
// (a parameter's tensor) or an empty OrderedDict; nothing when the call means none of these.
// Throws Error(kInput) when it means a tensor and its arguments cannot be right.
struct Rebuilt {
  std::optional<PickleRef> existing;
  PickleValue value;
};
std::optional<Rebuilt> rebuild(const Pickle& pickle, const PickleValue& callable, const PickleValue& arguments);

// The storage that a persistent id ('storage', type, key, location, element count) names; nothing when it names
// something else. Throws Error(kInput) when the stored bytes are too few.
std::optional<PickleValue> storage_of(const Pickle& pickle, const PickleValue& id, const StorageBytes& storage_bytes);

}  // namespace tvts
