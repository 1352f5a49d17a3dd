// Plain structs as JSON objects, by the list of their fields: visit_fields(config, visit) calls visit("a.b",
// config.a.b) for each, and "a.b" is {"a": {"b": ...}}. Keys that are no field are errors that name the nearest one.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "tvts/core/edit_distance.h"
#include "tvts/core/error.h"
#include "tvts/core/json/parse_json.h"

namespace tvts::fields {

inline Json::json_pointer pointer_to(std::string field) {
  std::replace(field.begin(), field.end(), '.', '/');
  return Json::json_pointer("/" + field);
}

// Reading and writing of one value; a type of one's own (an enum) adds overloads in its namespace.
inline void read_field(const Json& json, std::string& value) {
  if (!json.is_string()) fail_input("it should be text");
  value = json.get<std::string>();
}
inline void read_field(const Json& json, bool& value) {
  if (!json.is_boolean()) fail_input("it should be true or false");
  value = json.get<bool>();
}
inline void read_field(const Json& json, double& value) {
  if (!json.is_number() || !std::isfinite(json.get<double>())) fail_input("it should be a number");
  value = json.get<double>();
}
inline void read_field(const Json& json, std::int64_t& value) {
  if (!json.is_number_integer() || json > INT64_MAX) fail_input("it should be a whole number");
  value = json.get<std::int64_t>();
}
inline void read_field(const Json& json, std::vector<std::int64_t>& values) {
  if (!json.is_array()) fail_input("it should be a list of whole numbers");
  values.assign(json.size(), 0);
  for (std::size_t i = 0; i < values.size(); ++i) read_field(json[i], values[i]);
}

inline Json written_field(const std::string& value) { return value; }
inline Json written_field(bool value) { return value; }
inline Json written_field(double value) { return value; }
inline Json written_field(std::int64_t value) { return value; }
inline Json written_field(const std::vector<std::int64_t>& values) { return values; }

// Throws unless every key is a field, or one of `others` (keys that the caller reads by itself).
template <class Config>
void require_known_keys(const Json& json, const std::string& where, const std::vector<std::string>& others = {}) {
  constexpr std::size_t kLongestKey = 100;  // keeps the search for the nearest one short
  std::vector<std::string> known = others;
  const Config any{};
  visit_fields(any, [&](const std::string& field, const auto&) { known.push_back(field); });
  const auto require = [&](const std::string& key) {
    if (std::find(known.begin(), known.end(), key) != known.end()) return;
    const std::string shown = key.substr(0, kLongestKey);
    const auto distance = [&](const std::string& field) { return edit_distance(shown, field); };
    const auto nearest = std::min_element(known.begin(), known.end(), [&](const std::string& a, const std::string& b) {
      return distance(a) < distance(b);
    });
    fail_input(where, ": unknown key '", shown, "'; the nearest one is '", *nearest, "'");
  };
  const auto is_group = [&](const std::string& key) {
    return std::any_of(known.begin(), known.end(),
                       [&](const std::string& field) { return field.starts_with(key + "."); });
  };
  for (const auto& [key, value] : json.items()) {
    if (std::find(others.begin(), others.end(), key) != others.end()) continue;
    if (key.find('.') != std::string::npos) {  // "a.b" itself would be read nowhere
      fail_input(where, ": unknown key '", key.substr(0, kLongestKey),
                 "'; what is before a dot is an object of its own");
    }
    if (!value.is_object() || !is_group(key)) {
      require(key);
    } else {
      for (const auto& [inner, unused] : value.items()) require(key + "." + inner);
    }
  }
}

// Missing keys keep their values. Throws Error(kInput) with `where` and the field in front.
template <class Config>
void read_fields(const Json& json, const std::string& where, Config& config) {
  visit_fields(config, [&](const std::string& field, auto& value) {
    const Json::json_pointer pointer = pointer_to(field);
    if (!json.contains(pointer)) return;
    try {
      read_field(json.at(pointer), value);
    } catch (const std::exception& error) {
      fail_input(where, ": ", field, ": ", error.what());
    }
  });
}

template <class Config>
Json written_fields(const Config& config) {
  Json json = Json::object();
  visit_fields(config, [&](const char* field, const auto& value) { json[pointer_to(field)] = written_field(value); });
  return json;
}

// A JSON object from text. Throws Error(kInput): `what` ("a model config") says what it should have been.
inline Json parse_object(const std::string& text, const std::string& where, const char* what) {
  try {
    return parse_json_object(text, {.unique_keys = true});
  } catch (const Error& error) {
    fail_input(where, ": ", error.what(), "; expected ", what);
  }
}

}  // namespace tvts::fields
