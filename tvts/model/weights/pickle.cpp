#include "tvts/model/weights/pickle.h"

#include <algorithm>
#include <bit>

#include "tvts/core/error.h"
#include "tvts/model/weights/little_endian.h"
#include "tvts/model/weights/pickle_stack.h"
#include "tvts/model/weights/pickle_torch.h"

// Opcodes and their arguments: the comments of CPython's Lib/pickletools.py.
namespace tvts {
namespace {

using Kind = PickleValue::Kind;

constexpr std::size_t kLongestClass = 1024;
constexpr std::size_t kMostBytes = std::size_t{32} << 20;  // a full-size model with its optimizer has about 400 KB

// The pickle machine: opcodes that work on the stack and the memo.
class Machine : PickleStack {
 public:
  Machine(Bytes bytes, const StorageBytes& storage_bytes) : bytes_(bytes), storage_bytes_(storage_bytes) {}

  std::size_t offset() const { return opcode_offset_; }

  Pickle run() {
    while (true) {
      opcode_offset_ = next_;
      const auto opcode = static_cast<char>(number(1));
      if (opcode == '.') break;
      if (!literal(opcode) && !container(opcode) && !memo(opcode) && !object(opcode)) unknown(opcode);
    }
    pickle_.root = pop();
    return std::move(pickle_);
  }

 private:
  // Input.
  Bytes take(uint64_t size) {
    if (!inside(bytes_, next_, size)) fail_input("the pickle is cut short");
    const Bytes taken = bytes_.subspan(next_, size);
    next_ += size;
    return taken;
  }
  uint64_t number(std::size_t size) { return little_endian(take(size), 0, size); }
  std::string text(uint64_t size) {
    const Bytes taken = take(size);
    return {reinterpret_cast<const char*>(taken.data()), taken.size()};
  }
  std::string line() {
    const Bytes rest = bytes_.subspan(next_);
    const auto end = std::find(rest.begin(), rest.end(), std::byte{'\n'});
    if (end == rest.end()) fail_input("a line without its end");
    std::string found = text(static_cast<uint64_t>(end - rest.begin()));
    ++next_;
    return found;
  }

  // LONG1, LONG4: two's complement of any length; past 64 bits no size or count can be meant, so the bytes are kept.
  void push_long(uint64_t size) {
    const Bytes digits = take(size);
    if (size > 8) return push_text(Kind::kBytes, {reinterpret_cast<const char*>(digits.data()), digits.size()});
    uint64_t value = size == 0 ? 0 : little_endian(digits, 0, size);
    if (size > 0 && size < 8 && (value >> (8 * size - 1)) != 0) value |= ~uint64_t{0} << (8 * size);
    push_integer(Kind::kInt, static_cast<int64_t>(value));
  }

  void push_big_endian_float() {
    const Bytes stored = take(8);
    uint64_t value = 0;
    for (const std::byte byte : stored) value = value << 8 | std::to_integer<uint64_t>(byte);
    push_float(std::bit_cast<double>(value));
  }

  bool literal(char opcode) {
    switch (opcode) {
      case '\x80': protocol(number(1)); return true;
      case '\x95': number(8); return true;  // FRAME: a hint about reading ahead
      case 'N': push(PickleRef{0}); return true;
      case '\x88': push_integer(Kind::kBool, 1); return true;
      case '\x89': push_integer(Kind::kBool, 0); return true;
      case 'J': push_integer(Kind::kInt, static_cast<int32_t>(number(4))); return true;
      case 'K': push_integer(Kind::kInt, static_cast<int64_t>(number(1))); return true;
      case 'M': push_integer(Kind::kInt, static_cast<int64_t>(number(2))); return true;
      case '\x8a': push_long(number(1)); return true;
      case '\x8b': push_long(number(4)); return true;
      case 'G': push_big_endian_float(); return true;
      case 'X': push_text(Kind::kString, text(number(4))); return true;
      case '\x8c': push_text(Kind::kString, text(number(1))); return true;
      case '\x8d': push_text(Kind::kString, text(number(8))); return true;
      case 'U': push_text(Kind::kString, text(number(1))); return true;
      case 'T': push_text(Kind::kString, text(number(4))); return true;
      case 'C': push_text(Kind::kBytes, text(number(1))); return true;
      case 'B': push_text(Kind::kBytes, text(number(4))); return true;
      case '\x8e':
      case '\x96': push_text(Kind::kBytes, text(number(8))); return true;
      default: return false;
    }
  }

  bool container(char opcode) {
    switch (opcode) {
      case '(': push_mark(); return true;
      case '0': pop_value_or_mark(); return true;
      case '1': pop_to_mark(); return true;
      case '2': push(top()); return true;
      case ']': push(Kind::kList); return true;
      case '}': push(Kind::kDict); return true;
      case ')': push(Kind::kTuple); return true;
      case '\x8f': push(Kind::kSet); return true;
      case 'l': push(Kind::kList, pop_to_mark()); return true;
      case 't': push(Kind::kTuple, pop_to_mark()); return true;
      case '\x91': push(Kind::kSet, pop_to_mark()); return true;
      case '\x85': push(Kind::kTuple, pop_count(1)); return true;
      case '\x86': push(Kind::kTuple, pop_count(2)); return true;
      case '\x87': push(Kind::kTuple, pop_count(3)); return true;
      case 'a': append(Kind::kList, pop_count(1)); return true;
      case 'e': append(Kind::kList, pop_to_mark()); return true;
      case 's': append(Kind::kDict, pop_count(2)); return true;
      case 'u': append(Kind::kDict, pop_to_mark()); return true;
      case '\x90': append(Kind::kSet, pop_to_mark()); return true;
      default: return false;
    }
  }

  bool memo(char opcode) {
    switch (opcode) {
      case 'q': remember(number(1)); return true;
      case 'r': remember(number(4)); return true;
      case '\x94': remember_next(); return true;
      case 'h': recall(number(1)); return true;
      case 'j': recall(number(4)); return true;
      default: return false;
    }
  }

  // An object is its class and what it was called with: references, so that a large argument used often costs nothing.
  void call(PickleRef callable, PickleRef arguments) {
    std::optional<Rebuilt> rebuilt = rebuild(pickle_, pickle_[callable], pickle_[arguments]);
    if (!rebuilt) return push(Kind::kObject, {callable, arguments});
    push(rebuilt->existing ? *rebuilt->existing : add(std::move(rebuilt->value)));
  }
  void persistent_id() {
    const PickleRef id = pop();
    std::optional<PickleValue> storage = storage_of(pickle_, pickle_[id], storage_bytes_);
    if (storage)
      push(add(std::move(*storage)));
    else
      push(Kind::kObject, {id, 0});
  }
  void build() {
    const PickleRef state = pop();
    PickleValue& target = pickle_.values[top()];
    if (target.kind == Kind::kObject) target.state = state;  // of a dict or tensor: attributes that no model needs
  }
  void stack_global() {
    const PickleRef name = pop();
    const PickleRef module = pop();
    if (pickle_[name].kind != Kind::kString || pickle_[module].kind != Kind::kString)
      fail_input("a class without a name");
    push_class(pickle_[module].text, pickle_[name].text);
  }
  void global() {
    const std::string module = line();
    push_class(module, line());
  }
  void push_class(const std::string& module, const std::string& name) {
    if (module.size() + name.size() > kLongestClass)
      fail_input("a class whose name has more than ", kLongestClass, " characters");
    push_text(Kind::kGlobal, module + "." + name);
  }

  bool object(char opcode) {
    switch (opcode) {
      case 'c': global(); return true;
      case '\x93': stack_global(); return true;
      case 'Q': persistent_id(); return true;
      case 'b': build(); return true;
      case '\x92': pop(); [[fallthrough]];  // NEWOBJ_EX: keyword arguments above the others
      case 'R':
      case '\x81': {
        const PickleRef arguments = pop();
        const PickleRef callable = pop();
        call(callable, arguments);
        return true;
      }
      default: return false;
    }
  }

  static void protocol(uint64_t version) {
    if (version < 2 || version > 5) fail_input("pickle protocol ", version, "; protocols 2 to 5 are read");
  }
  [[noreturn]] static void unknown(char opcode) {
    fail_input("opcode ", static_cast<int>(static_cast<unsigned char>(opcode)), ", which torch.save does not write");
  }

  Bytes bytes_;
  const StorageBytes& storage_bytes_;
  std::size_t next_ = 0, opcode_offset_ = 0;
};

}  // namespace

const PickleValue* Pickle::find(const PickleValue& dict, const std::string& key) const {
  if (dict.kind != Kind::kDict) return nullptr;
  for (std::size_t i = dict.items.size(); i >= 2; i -= 2) {
    const PickleValue& found = values[dict.items[i - 2]];
    if (found.kind == Kind::kString && found.text == key) return &values[dict.items[i - 1]];
  }
  return nullptr;
}

std::string Pickle::class_of(const PickleValue& object) const {
  return object.kind == Kind::kObject && values[object.items[0]].kind == Kind::kGlobal ? values[object.items[0]].text
                                                                                       : "";
}

Pickle read_pickle(Bytes bytes, const std::string& name, const StorageBytes& storage_bytes) {
  if (bytes.size() > kMostBytes)
    fail_input(name, ": a pickle of ", bytes.size(), " bytes; models have far smaller ones");
  Machine machine(bytes, storage_bytes);
  try {
    return machine.run();
  } catch (const Error& error) {
    fail_input(name, ": at byte ", machine.offset(), " of the pickle: ", error.what(),
               " (the file is damaged, or not a model)");
  }
}

}  // namespace tvts
