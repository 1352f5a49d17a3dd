// JSON from outside: configs, metadata, tables, annotations, transcripts, results.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace tvts {

using Json = nlohmann::ordered_json;

struct JsonRules {
  std::size_t deepest = 100;  // objects and lists inside one another; copying and writing a value recurse
  bool unique_keys = false;   // refuses a key that occurs twice in one object; else its last value counts
};

// Accepts RFC 8259 and what Python's json module writes beside it: NaN, Infinity, -Infinity and numbers beyond the
// range of double (read as the number that is not finite) and half a surrogate pair (the whole text is read as a value
// of type binary). Typed reading (tvts/core/json/fields.h) refuses both, so that they are errors only in a field that
// is read. Takes time and memory proportional to the text. Throws Error(kInput): line, column and what was found there.
Json parse_json(std::string_view text, const JsonRules& rules = {});

// The same of a text that must be an object.
Json parse_json_object(std::string_view text, const JsonRules& rules = {});

}  // namespace tvts
