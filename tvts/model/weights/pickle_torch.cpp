#include "tvts/model/weights/pickle_torch.h"

#include <algorithm>

#include "tvts/core/error.h"

namespace tvts {
namespace {

using Kind = PickleValue::Kind;

constexpr std::size_t kMostAxes = 16;
constexpr std::size_t kLongestKey = 64;  // of a storage: torch counts them

struct TypeName {
  const char* storage;  // torch.FloatStorage
  const char* dtype;    // torch.float32
  DType type;
};
constexpr TypeName kTypes[] = {{"torch.FloatStorage", "torch.float32", DType::F32},
                               {"torch.HalfStorage", "torch.float16", DType::F16},
                               {"torch.BFloat16Storage", "torch.bfloat16", DType::BF16},
                               {"torch.DoubleStorage", "torch.float64", DType::F64},
                               {"torch.LongStorage", "torch.int64", DType::I64},
                               {"torch.IntStorage", "torch.int32", DType::I32},
                               {"torch.ShortStorage", "torch.int16", DType::I16},
                               {"torch.CharStorage", "torch.int8", DType::I8},
                               {"torch.ByteStorage", "torch.uint8", DType::U8},
                               {"torch.BoolStorage", "torch.bool", DType::BOOL},
                               {"torch.UntypedStorage", "", DType::U8},
                               {"torch.storage.UntypedStorage", "", DType::U8}};

std::optional<DType> type_named(const std::string& name) {
  for (const TypeName& type : kTypes) {
    if (name == type.storage || name == type.dtype) return type.type;
  }
  return std::nullopt;
}

bool is_global(const PickleValue& value, const char* name) { return value.kind == Kind::kGlobal && value.text == name; }

// A size or stride: a tuple of integers.
std::optional<Shape> shape_of(const Pickle& pickle, const PickleValue& value) {
  if ((value.kind != Kind::kTuple && value.kind != Kind::kList) || value.items.size() > kMostAxes) return std::nullopt;
  Shape shape;
  for (const PickleRef item : value.items) {
    if (pickle[item].kind != Kind::kInt) return std::nullopt;
    shape.push_back(pickle[item].integer);
  }
  return shape;
}

// (storage, offset in elements, size, stride, ...); v3 has the dtype as its seventh argument.
std::optional<Rebuilt> rebuild_tensor(const Pickle& pickle, const PickleValue& arguments, bool has_dtype) {
  if (arguments.items.size() < (has_dtype ? 7U : 4U)) fail_input("a tensor with too few arguments");
  const PickleValue& storage = pickle[arguments.items[0]];
  if (storage.kind != Kind::kStorage) return std::nullopt;  // of a type that no model has
  TensorView view = storage.tensor;
  if (has_dtype) {
    const auto dtype = type_named(pickle[arguments.items[6]].text);
    if (!dtype) return std::nullopt;
    view.dtype = *dtype;
  }
  const PickleValue& offset = pickle[arguments.items[1]];
  const auto shape = shape_of(pickle, pickle[arguments.items[2]]);
  const auto strides = shape_of(pickle, pickle[arguments.items[3]]);
  if (offset.kind != Kind::kInt || !shape || !strides) fail_input("a tensor without offset, shape and strides");
  const auto stored = static_cast<int64_t>(view.storage.size() / byte_size(view.dtype));
  if (offset.integer < 0 || offset.integer > stored) fail_input("a tensor that begins outside its storage");
  view.shape = *shape;
  view.strides = *strides;
  view.storage = view.storage.subspan(static_cast<std::size_t>(offset.integer) * byte_size(view.dtype));
  require_inside_storage(view, "a tensor");
  PickleValue value;
  value.kind = Kind::kTensor;
  value.tensor = std::move(view);
  return Rebuilt{{}, std::move(value)};
}

std::optional<Rebuilt> rebuild_plain(const Pickle& pickle, const PickleValue& callable, const PickleValue& arguments) {
  if (is_global(callable, "torch._utils._rebuild_tensor_v2") || is_global(callable, "torch._utils._rebuild_tensor")) {
    return rebuild_tensor(pickle, arguments, false);
  }
  if (is_global(callable, "torch._utils._rebuild_tensor_v3")) return rebuild_tensor(pickle, arguments, true);
  const bool is_parameter = is_global(callable, "torch._utils._rebuild_parameter") ||
                            is_global(callable, "torch._utils._rebuild_parameter_with_state");
  if (is_parameter && !arguments.items.empty()) return Rebuilt{arguments.items[0], {}};
  const bool is_dict = is_global(callable, "collections.OrderedDict") || is_global(callable, "collections.defaultdict");
  if (is_dict) {
    PickleValue value;
    value.kind = Kind::kDict;
    return Rebuilt{{}, std::move(value)};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Rebuilt> rebuild(const Pickle& pickle, const PickleValue& callable, const PickleValue& arguments) {
  if (arguments.kind != Kind::kTuple) fail_input("a call without a tuple of arguments");
  // A tensor with attributes: (function, type, its arguments, the attributes).
  if (is_global(callable, "torch._tensor._rebuild_from_type_v2") && arguments.items.size() >= 3) {
    const PickleValue& inner = pickle[arguments.items[2]];
    return inner.kind == Kind::kTuple ? rebuild_plain(pickle, pickle[arguments.items[0]], inner) : std::nullopt;
  }
  return rebuild_plain(pickle, callable, arguments);
}

std::optional<PickleValue> storage_of(const Pickle& pickle, const PickleValue& id, const StorageBytes& storage_bytes) {
  if (id.kind != Kind::kTuple || id.items.size() < 5 || pickle[id.items[0]].text != "storage") return std::nullopt;
  const auto dtype = type_named(pickle[id.items[1]].text);
  if (!dtype) return std::nullopt;
  const PickleValue& key = pickle[id.items[2]];
  const PickleValue& count = pickle[id.items[4]];
  if (key.kind != Kind::kString || key.text.size() > kLongestKey || count.kind != Kind::kInt || count.integer < 0) {
    fail_input("a storage without key and size");
  }
  const Bytes bytes = storage_bytes(key.text);
  if (static_cast<uint64_t>(count.integer) > bytes.size() / byte_size(*dtype)) {
    fail_input("storage ", key.text, " holds ", bytes.size(), " bytes, fewer than its ", count.integer,
               " elements need");
  }
  PickleValue value;
  value.kind = Kind::kStorage;
  value.tensor = {
      *dtype, {count.integer}, {1}, bytes.first(static_cast<std::size_t>(count.integer) * byte_size(*dtype))};
  return value;
}

}  // namespace tvts
