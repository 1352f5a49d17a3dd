// The pickle machine's data: values, the stack that refers to them, marks in it, and the memo.
#pragma once

#include <unordered_map>
#include <utility>

#include "tvts/core/error.h"
#include "tvts/model/weights/pickle.h"

namespace tvts {

// Every function throws Error(kInput) when the stack does not hold what it needs, or the bounds are passed.
class PickleStack {
 protected:
  using Kind = PickleValue::Kind;

  PickleStack() { pickle_.values.emplace_back(); }  // None

  PickleRef add(PickleValue value) {
    text_size_ += value.text.size();
    if (pickle_.values.size() >= kMostValues || text_size_ > kMostText) fail_input("more values than any model has");
    pickle_.values.push_back(std::move(value));
    return static_cast<PickleRef>(pickle_.values.size() - 1);
  }
  void push(PickleRef ref) { stack_.push_back(ref); }
  void push(Kind kind, std::vector<PickleRef> items = {}) {
    PickleValue value;
    value.kind = kind;
    value.items = std::move(items);
    push(add(std::move(value)));
  }
  void push_integer(Kind kind, int64_t integer) {
    PickleValue value;
    value.kind = kind;
    value.integer = integer;
    push(add(std::move(value)));
  }
  void push_text(Kind kind, std::string text) {
    PickleValue value;
    value.kind = kind;
    value.text = std::move(text);
    push(add(std::move(value)));
  }
  void push_float(double real) {
    PickleValue value;
    value.kind = Kind::kFloat;
    value.real = real;
    push(add(std::move(value)));
  }
  PickleRef pop() {
    if (stack_.size() <= floor()) fail_input("a value is missing on the stack");
    const PickleRef top = stack_.back();
    stack_.pop_back();
    return top;
  }
  PickleRef top() {
    const PickleRef ref = pop();
    push(ref);
    return ref;
  }
  std::vector<PickleRef> pop_count(std::size_t count) {
    if (stack_.size() - floor() < count) fail_input("values are missing on the stack");
    std::vector<PickleRef> items(stack_.end() - static_cast<std::ptrdiff_t>(count), stack_.end());
    stack_.resize(stack_.size() - count);
    return items;
  }
  std::vector<PickleRef> pop_to_mark() {
    if (marks_.empty()) fail_input("a mark is missing on the stack");
    std::vector<PickleRef> items = pop_count(stack_.size() - marks_.back());
    marks_.pop_back();
    return items;
  }

  void push_mark() { marks_.push_back(stack_.size()); }
  void pop_value_or_mark() {
    if (stack_.size() > floor()) {
      pop();
    } else {
      pop_to_mark();
    }
  }

  void remember_next() { remember(memo_.size()); }
  void remember(uint64_t index) {
    if (memo_.size() >= kMostValues) fail_input("more memo entries than any model has");
    memo_[index] = top();
  }
  void recall(uint64_t index) {
    const auto found = memo_.find(index);
    if (found == memo_.end()) fail_input("memo entry ", index, " is used before it is set");
    push(found->second);
  }

  void extend(PickleRef target, const std::vector<PickleRef>& items) {
    std::vector<PickleRef>& all = pickle_.values[target].items;
    all.insert(all.end(), items.begin(), items.end());
  }
  // The container lies below the items, which are off the stack by now.
  void append(Kind kind, const std::vector<PickleRef>& items) {
    const PickleValue& target = pickle_[top()];
    if (target.kind == Kind::kObject) return;  // a container of a class of its own: not a model's
    if (target.kind != kind) fail_input("items for a value that takes none");
    if (kind == Kind::kDict && items.size() % 2 != 0) fail_input("a key without a value");
    extend(top(), items);
  }

  Pickle pickle_;

 private:
  // A full-size model with its optimizer has about 100,000 values.
  static constexpr std::size_t kMostValues = std::size_t{1} << 21;
  static constexpr std::size_t kMostText = std::size_t{256} << 20;  // bytes

  // Values below the last mark are out of reach.
  std::size_t floor() const { return marks_.empty() ? 0 : marks_.back(); }

  std::size_t text_size_ = 0;
  std::vector<PickleRef> stack_;
  std::vector<std::size_t> marks_;
  std::unordered_map<uint64_t, PickleRef> memo_;
};

}  // namespace tvts
