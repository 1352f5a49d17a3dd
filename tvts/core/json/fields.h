// Typed reading of JSON from outside. Each failure is an Error(kInput) that names the field and what was found; the
// caller adds the file and the line in front (located).
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "tvts/core/error.h"
#include "tvts/core/json/parse_json.h"

namespace tvts {

// Calls read(); an Error it throws begins with the parts of `where` instead of nowhere.
template <class Read, class... Where>
auto located(Read&& read, const Where&... where) {
  try {
    return read();
  } catch (const Error& error) {
    fail(error.kind(), where..., ": ", error.what());
  }
}

// Calls visit(line) for each line of a file's text; errors name path and line.
template <class Visit>
void for_each_line(std::string_view text, const std::string& path, Visit&& visit) {
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    located([&] { visit(line); }, path, ":", number);
    text.remove_prefix(std::min(text.size(), line.size() + 1));
  }
}

template <class Value>
bool holds(const Json& value) {
  if constexpr (std::is_same_v<Value, bool>)
    return value.is_boolean();
  else if constexpr (std::is_integral_v<Value>)
    return value.is_number_integer() && (!value.is_number_unsigned() || value.get<uint64_t>() <= INT64_MAX);
  else if constexpr (std::is_floating_point_v<Value>)
    return value.is_number() && std::isfinite(value.get<double>());
  else
    return value.is_string();
}

template <class Value>
std::optional<Value> optional_field(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || found->is_null()) return std::nullopt;
  if (!holds<Value>(*found)) {
    fail_input("field \"", name, "\" is a ", found->type_name(), " that does not fit, expected ",
               std::is_arithmetic_v<Value> ? "a number or truth value" : "text");
  }
  return found->template get<Value>();
}

template <class Value>
Value field(const Json& object, const char* name) {
  const auto value = optional_field<Value>(object, name);
  if (!value) fail_input("field \"", name, "\" is missing");
  return *value;
}

template <class Value>
std::vector<Value> list_field(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end()) return {};
  std::vector<Value> values;
  if (!found->is_array()) fail_input("field \"", name, "\" is a ", found->type_name(), ", expected a list");
  for (const Json& value : *found) {
    if (!holds<Value>(value)) fail_input("field \"", name, "\" has a ", value.type_name(), " that does not fit");
    values.push_back(value.template get<Value>());
  }
  return values;
}

}  // namespace tvts
