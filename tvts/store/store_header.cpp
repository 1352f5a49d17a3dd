#include "tvts/store/store_header.h"

#include <cmath>
#include <filesystem>
#include <string_view>

#include "tvts/core/input_file.h"
#include "tvts/core/json/fields.h"

namespace tvts {
namespace {

constexpr int64_t kVersion = 1;
constexpr char kFormat[] = "tvts-store";
constexpr std::size_t kMaxHeaderBytes = 1 << 20;
constexpr int64_t kMaxEmbedDim = 1 << 20;
constexpr int64_t kMaxFrames = 1 << 14;

bool describes_only(std::string_view name) {
  return name == "model_path" || name == "model_name" || name == "model_origin";
}

template <class Value>
Json json_of(const Value& value) {
  return value;
}
template <class Value>
Json json_of(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}

template <class Value>
void read_field(const Json& json, const char* name, Value& value) {
  value = field<Value>(json, name);
}
template <class Value>
void read_field(const Json& json, const char* name, std::optional<Value>& value) {
  value = optional_field<Value>(json, name);
}

Json header_json(const StoreHeader& header) {
  Json json = {{"format", kFormat}, {"version", kVersion}};
  visit_fields(header, [&](const char* name, const auto& value) { json[name] = json_of(value); });
  return json;
}

Json header_object(const std::string& text) {
  try {
    return parse_json_object(text);
  } catch (const Error& error) {
    fail_input(
        "the file of ", text.size(), " bytes is damaged: ", error.what(),
        "; expected the header of an embedding store; put a copy of the file back, or embed the videos again into "
        "another folder");
  }
}

StoreHeader header_from(const Json& json) {
  if (field<std::string>(json, "format") != kFormat) fail_input("it does not describe an embedding store");
  const auto version = field<int64_t>(json, "version");
  if (version != kVersion) {
    fail_input("a store of format version ", version, ", this program reads version ", kVersion,
               "; use the program that made it, or embed again into another folder");
  }
  StoreHeader header;
  visit_fields(header, [&](const char* name, auto& value) { read_field(json, name, value); });
  if (header.embed_dim < 1 || header.embed_dim > kMaxEmbedDim) {
    fail_input("embed_dim is ", header.embed_dim, ", expected 1 to ", kMaxEmbedDim);
  }
  if (header.num_frames < 1 || header.num_frames > kMaxFrames) {
    fail_input("num_frames is ", header.num_frames, ", expected 1 to ", kMaxFrames);
  }
  for (const std::optional<double>& seconds : {header.window_seconds, header.stride_seconds}) {
    if (seconds && !(*seconds > 0 && std::isfinite(*seconds))) {
      fail_input("window_seconds or stride_seconds is ", *seconds, ", expected more than 0");
    }
  }
  return header;
}

std::string shown(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace

std::string to_json(const StoreHeader& header) {
  return header_json(header).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

bool is_store_header(const std::string& path) {
  if (!std::filesystem::is_regular_file(path)) return false;
  try {
    return parse_json_object(read_file(path, kMaxHeaderBytes)).value("format", Json()) == kFormat;
  } catch (const Error&) {
    return false;
  }
}

StoreHeader read_store_header(const std::string& path) {
  const std::string text = read_file(path, kMaxHeaderBytes);
  return located([&] { return header_from(header_object(text)); }, path);
}

void require_same_numbers(const StoreHeader& stored, const StoreHeader& asked, const std::string& dir) {
  const Json there = header_json(stored);
  const Json here = header_json(asked);
  std::string differences;
  for (const auto& [name, value] : there.items()) {
    if (value == here[name] || describes_only(name)) continue;
    differences +=
        concat(differences.empty() ? "" : ", ", name, " ", shown(value), " there, ", shown(here[name]), " asked");
  }
  if (differences.empty()) return;
  fail_input(dir, " was embedded with other options: ", differences,
             "; use the same options, another folder, or --overwrite to start anew");
}

}  // namespace tvts
