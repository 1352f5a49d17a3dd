#include "tvts/core/json/parse_json.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tvts/core/error.h"
#include "tvts/core/json/python_json.h"

namespace tvts {
namespace {

constexpr std::size_t kLongestShown = 60;

struct SyntaxError {
  std::size_t offset = 0;
  std::string reason;
};

// nlohmann's words without its own prefix and position, which is given apart.
std::string reason_of(const nlohmann::detail::exception& error) {
  const std::string_view text = error.what();
  for (const std::string_view before : {": syntax error ", "] "}) {
    const std::size_t found = text.find(before);
    if (found != std::string_view::npos) return std::string(text.substr(found + 2));
  }
  return std::string(text);
}

// Receives nlohmann's events and builds the value. Its own builder looks for each key among those before it, which
// takes time by the square of their number, and nests without a bound.
class Builder : public nlohmann::json_sax<Json> {
 public:
  Builder(const JsonRules& rules, bool is_rewritten) : rules_(rules), is_rewritten_(is_rewritten) {}

  Json take() { return std::move(root_); }
  const SyntaxError& error() const { return error_; }

  bool null() override { return add(nullptr); }
  bool boolean(bool value) override { return add(value); }
  bool number_integer(std::int64_t value) override { return add(value); }
  bool number_unsigned(std::uint64_t value) override { return add(value); }
  bool number_float(double value, const std::string&) override { return add(value); }
  bool binary(Json::binary_t&) override { return false; }
  bool string(std::string& value) override {
    if (is_rewritten_) {
      if (const auto number = number_for(value)) return add(*number);
      if (is_unreadable(value)) return add(Json::binary({}));
    }
    return add(std::move(value));
  }
  bool start_object(std::size_t) override { return open(Json::object()); }
  bool start_array(std::size_t) override { return open(Json::array()); }
  bool key(std::string& name) override {
    key_ = std::move(name);
    return true;
  }
  bool end_object() override {
    settle_keys(*open_.back());
    return end_array();
  }
  bool end_array() override {
    open_.pop_back();
    return true;
  }
  bool parse_error(std::size_t offset, const std::string&, const nlohmann::detail::exception& error) override {
    error_ = {offset, reason_of(error)};
    return false;
  }

 private:
  bool open(Json empty) {
    if (open_.size() >= rules_.deepest) {
      fail_input("found values nested more than ", rules_.deepest, " deep, expected fewer levels");
    }
    open_.push_back(&place(std::move(empty)));
    return true;
  }

  template <class Value>
  bool add(Value&& value) {
    place(Json(std::forward<Value>(value)));
    return true;
  }

  Json& place(Json value) {
    if (open_.empty()) return root_ = std::move(value);
    Json& parent = *open_.back();
    if (parent.is_array()) {
      auto& list = parent.get_ref<Json::array_t&>();
      return list.emplace_back(std::move(value));
    }
    // The vector below the ordered map: keys that occur twice are found when the object ends.
    auto& object = static_cast<Json::object_t::Container&>(parent.get_ref<Json::object_t&>());
    return object.emplace_back(key_, std::move(value)).second;
  }

  void settle_keys(Json& value) {
    auto& object = value.get_ref<Json::object_t&>();
    std::vector<std::string_view> names;
    for (const auto& entry : object) names.push_back(entry.first);
    std::ranges::sort(names);
    const auto twice = std::ranges::adjacent_find(names);
    if (twice == names.end()) return;
    if (rules_.unique_keys) {
      fail_input("found the key \"", twice->substr(0, kLongestShown), "\" twice in one object, expected it once");
    }
    keep_last_values(object);
  }

  // Each key once, in its first position and with its last value.
  static void keep_last_values(Json::object_t& object) {
    std::map<std::string, Json*> last;
    for (auto& entry : object) last[entry.first] = &entry.second;
    Json::object_t kept;
    auto& entries = static_cast<Json::object_t::Container&>(kept);
    for (auto& entry : object) {
      Json*& value = last[entry.first];
      if (value != nullptr) entries.emplace_back(entry.first, std::move(*std::exchange(value, nullptr)));
    }
    object = std::move(kept);
  }

  const JsonRules rules_;
  const bool is_rewritten_;
  Json root_;
  std::vector<Json*> open_;  // the objects and lists that have not ended
  std::string key_;
  SyntaxError error_;
};

std::string position_of(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, std::min(offset > 0 ? offset - 1 : 0, text.size()));
  const auto line = 1 + std::ranges::count(before, '\n');
  const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  return concat("line ", line, ", column ", before.size() - line_begin + 1);
}

}  // namespace

Json parse_json(std::string_view text, const JsonRules& rules) {
  Builder strict(rules, false);
  if (Json::sax_parse(text.begin(), text.end(), &strict)) return strict.take();
  const StandardJson standard = rewrite_python_json(text);
  Builder lenient(rules, true);
  if (Json::sax_parse(standard.text.begin(), standard.text.end(), &lenient)) return lenient.take();
  fail_input("found no JSON (", position_of(text, standard.original_offset(lenient.error().offset)), ": ",
             lenient.error().reason, ")");
}

Json parse_json_object(std::string_view text, const JsonRules& rules) {
  Json value = parse_json(text, rules);
  if (!value.is_object()) fail_input("found a JSON ", value.type_name(), ", expected a JSON object");
  return value;
}

}  // namespace tvts
