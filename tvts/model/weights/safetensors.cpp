#include "tvts/model/weights/safetensors.h"

#include <algorithm>
#include <optional>

#include "tvts/core/error.h"
#include "tvts/core/json/parse_json.h"
#include "tvts/core/whole_file.h"
#include "tvts/model/weights/little_endian.h"

namespace tvts {
namespace {

constexpr std::size_t kLengthSize = 8;
constexpr uint64_t kMostHeader = 100'000'000;  // the format's own limit
constexpr std::size_t kAlignment = 64;         // of the first tensor in files of ours
constexpr std::size_t kDeepest = 3;            // {name: {"shape": [...]}}
constexpr std::size_t kMostAxes = 16, kLongestName = 4096;

// The name of a file is not always UTF-8, which JSON must be.
std::string dumped(const Json& value) { return value.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::optional<DType> dtype_named(const std::string& name) {
  for (int i = 0; i <= static_cast<int>(DType::BOOL); ++i) {
    if (to_string(static_cast<DType>(i)) == name) return static_cast<DType>(i);
  }
  return std::nullopt;
}

Json parse_header(const std::string& text, const std::string& name) {
  try {
    return parse_json_object(text, {.deepest = kDeepest, .unique_keys = true});
  } catch (const Error& error) {
    fail_input(name, ": the safetensors header: ", error.what());
  }
}

std::map<std::string, std::string> read_metadata(const Json& header, const std::string& name) {
  std::map<std::string, std::string> metadata;
  if (!header.contains("__metadata__")) return metadata;
  const Json& stored = header.at("__metadata__");
  if (!stored.is_object()) fail_input(name, ": __metadata__ is not a JSON object");
  for (const auto& [key, value] : stored.items()) {
    if (!value.is_string()) fail_input(name, ": __metadata__ '", key, "' is not a string");
    metadata[key] = value.get<std::string>();
  }
  return metadata;
}

std::vector<int64_t> read_integers(const Json& json, const char* key, const std::string& what) {
  std::vector<int64_t> integers;
  if (!json.is_object() || !json.contains(key) || !json.at(key).is_array() || json.at(key).size() > kMostAxes) {
    fail_input(what, " has no list '", key, "' of at most ", kMostAxes, " numbers");
  }
  for (const Json& value : json.at(key)) {
    if (!value.is_number_unsigned() || value.get<uint64_t>() > uint64_t{1} << 62) {
      fail_input(what, ": '", key, "' holds ", dumped(value), "; expected sizes");
    }
    integers.push_back(value.get<int64_t>());
  }
  return integers;
}

NamedTensor read_tensor(const std::string& tensor, const Json& facts, Bytes data, const std::string& name) {
  if (tensor.size() > kLongestName) fail_input(name, ": a tensor whose name has ", tensor.size(), " characters");
  const std::string what = concat(name, ": tensor '", tensor, "'");
  TensorView view;
  view.shape = read_integers(facts, "shape", what);
  const auto offsets = read_integers(facts, "data_offsets", what);
  const std::string dtype = facts.value("dtype", Json()).is_string() ? facts.at("dtype").get<std::string>() : "";
  const auto known = dtype_named(dtype);
  if (!known) fail_input(what, " has dtype '", dtype, "'; expected one of F64 F32 F16 BF16 I64 I32 I16 I8 U8 BOOL");
  view.dtype = *known;
  const auto size = static_cast<uint64_t>(element_count(view.shape)) * byte_size(view.dtype);
  const bool matches = offsets.size() == 2 && offsets[0] <= offsets[1] &&
                       static_cast<uint64_t>(offsets[1]) <= data.size() &&
                       static_cast<uint64_t>(offsets[1] - offsets[0]) == size;
  if (!matches) {
    fail_input(what, " of dtype ", dtype, " and shape ", to_string(view.shape), " needs ", size,
               " bytes, its data_offsets are ", to_string(offsets), " of ", data.size(),
               ": the file is damaged or cut short");
  }
  view.strides = contiguous_strides(view.shape);
  view.storage = data.subspan(static_cast<std::size_t>(offsets[0]), size);
  return {tensor, std::move(view)};
}

// The format has no gaps: every byte of the data belongs to one tensor.
void require_gapless(const std::vector<NamedTensor>& tensors, Bytes data, const std::string& name) {
  const std::byte* next = data.data();
  for (const NamedTensor& tensor : tensors) {
    if (tensor.view.storage.data() != next) {
      fail_input(name, ": tensor '", tensor.name, "' ",
                 tensor.view.storage.data() < next ? "overlaps" : "leaves a gap behind",
                 " the one before it: the file is damaged");
    }
    next += tensor.view.storage.size();
  }
  const auto rest = data.data() + data.size() - next;
  if (rest != 0) fail_input(name, ": ", rest, " bytes follow the last tensor: the file is damaged");
}

// Written key by key, in the order of the entries.
std::string header_of(const std::vector<TensorEntry>& entries, const std::map<std::string, std::string>& metadata) {
  std::string text;
  const auto add = [&](const std::string& key, const Json& value) {
    text += concat(text.empty() ? "{" : ",", dumped(Json(key)), ":", dumped(value));
  };
  if (!metadata.empty()) add("__metadata__", metadata);
  uint64_t offset = 0;
  for (const TensorEntry& entry : entries) {
    const uint64_t end = offset + static_cast<uint64_t>(element_count(entry.shape)) * byte_size(entry.dtype);
    add(entry.name, {{"dtype", to_string(entry.dtype)}, {"shape", entry.shape}, {"data_offsets", {offset, end}}});
    offset = end;
  }
  text += text.empty() ? "{}" : "}";
  text.append((kAlignment - (kLengthSize + text.size()) % kAlignment) % kAlignment, ' ');
  return text;
}

}  // namespace

bool begins_like_safetensors(std::string_view beginning) {
  return beginning.size() > kLengthSize && little_endian(as_bytes(beginning), 0, kLengthSize) <= kMostHeader &&
         beginning[kLengthSize] == '{';
}

Safetensors read_safetensors(const FileBytes& bytes) {
  const std::string& name = bytes.name();
  if (bytes.size() < kLengthSize) fail_input(name, " has ", bytes.size(), " bytes, too few for a safetensors file");
  const uint64_t length = little_endian(as_bytes(bytes.beginning(kLengthSize)), 0, kLengthSize);
  if (length > kMostHeader || length > bytes.size() - kLengthSize) {
    fail_input(name, ": the safetensors header should have ", length, " bytes, the file has ", bytes.size(),
               ": it is damaged or cut short");
  }
  const std::string text = bytes.copy(kLengthSize, length);
  const Json header = parse_header(text, name);
  const uint64_t begin = kLengthSize + length;
  const Bytes data = bytes.view(begin, bytes.size() - begin);
  Safetensors file;
  file.metadata = read_metadata(header, name);
  for (const auto& [tensor, facts] : header.items()) {
    if (tensor != "__metadata__") file.tensors.push_back(read_tensor(tensor, facts, data, name));
  }
  // Empty tensors first where several begin at one offset.
  std::stable_sort(file.tensors.begin(), file.tensors.end(), [](const NamedTensor& a, const NamedTensor& b) {
    const auto key = [](const NamedTensor& t) { return std::pair(t.view.storage.data(), t.view.storage.size()); };
    return key(a) < key(b);
  });
  require_gapless(file.tensors, data, name);
  return file;
}

void write_safetensors(const std::string& path, const std::vector<TensorEntry>& entries,
                       const std::map<std::string, std::string>& metadata, const TensorBytes& bytes_of) {
  const std::string header = header_of(entries, metadata);
  std::string length;
  for (std::size_t i = 0; i < kLengthSize; ++i) length += static_cast<char>(header.size() >> (8 * i) & 0xff);
  WholeFile file(path);
  file.write(length + header);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Bytes bytes = bytes_of(i);
    TVTS_ASSERT(bytes.size() ==
                static_cast<std::size_t>(element_count(entries[i].shape)) * byte_size(entries[i].dtype));
    file.write(bytes.data(), bytes.size());
  }
  file.commit();
}

}  // namespace tvts
