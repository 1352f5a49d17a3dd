// Pickles read without running anything from them. Numbers, strings, containers and tensors are understood; an instance
// of any class is kept as what it was built from, and nothing is imported or called.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tvts/model/weights/tensor.h"

namespace tvts {

// Values refer to each other by number, so that shared and cyclic objects cost nothing.
using PickleRef = uint32_t;

struct PickleValue {
  enum class Kind {
    kNone,
    kBool,
    kInt,
    kFloat,
    kString,
    kBytes,
    kList,
    kTuple,
    kSet,
    kDict,
    kGlobal,
    kStorage,
    kTensor,
    kObject
  };
  Kind kind = Kind::kNone;
  int64_t integer = 0;  // kInt, kBool
  double real = 0;      // kFloat
  std::string text;     // kString, kBytes; kGlobal: "module.name"
  std::vector<PickleRef>
      items;            // kList, kTuple, kSet; kDict: key, value, key, value; kObject: class, constructor arguments
  PickleRef state = 0;  // kObject: what __setstate__ would get; 0 (a None) when there is none
  TensorView tensor;    // kTensor; kStorage: flat
};

struct Pickle {
  std::vector<PickleValue> values;  // values[0] is None
  PickleRef root = 0;

  const PickleValue& operator[](PickleRef ref) const { return values[ref]; }
  // The value of a string key in a dict (the last one, as Python has it), or null.
  const PickleValue* find(const PickleValue& dict, const std::string& key) const;
  // "module.name" of an object's class, or empty.
  std::string class_of(const PickleValue& object) const;
};

// The bytes of the storage with that key ("0", "1", ...). Throws Error(kInput) when there is none.
using StorageBytes = std::function<Bytes(const std::string& key)>;

// Reads protocols 2 to 5 as torch writes them. Throws Error(kInput) with `name` and the byte offset when the pickle is
// damaged, reaches outside a storage or needs more than any model needs. Work and memory grow linearly with its
// size.
Pickle read_pickle(Bytes bytes, const std::string& name, const StorageBytes& storage_bytes);

}  // namespace tvts
