#include "tvts/evaluate/benchmarks/caption_index.h"

#include <span>

#include "tvts/core/error.h"
#include "tvts/core/input_file.h"
#include "tvts/core/json/parse_json.h"
#include "tvts/evaluate/benchmarks/annotation_file.h"
#include "tvts/media/inputs/media_names.h"
#include "tvts/model/weights/pickle.h"

namespace tvts {
namespace {

using CaptionIndex = std::map<std::string, std::size_t>;

CaptionIndex from_json(const std::string& path) {
  const Json object = whole_json(read_annotation(path));
  if (!object.is_object()) fail_input(path, ": found no JSON object of caption numbers");
  CaptionIndex index;
  for (const auto& [video, number] : object.items()) {
    if (!number.is_number_unsigned())
      fail_input(path, ": found ", number.dump(), " for ", video, ", expected a number");
    index[video] = number.get<std::size_t>();
  }
  return index;
}

CaptionIndex from_pickle(const std::string& path) {
  const std::string text = read_file(path);
  const auto no_storage = [&](const std::string&) -> Bytes { fail_input(path, ": found a tensor"); };
  const Pickle pickle = read_pickle(std::as_bytes(std::span(text)), path, no_storage);
  const PickleValue& dict = pickle[pickle.root];
  CaptionIndex index;
  bool is_plain = dict.kind == PickleValue::Kind::kDict;
  for (std::size_t i = 0; is_plain && i + 1 < dict.items.size(); i += 2) {
    const PickleValue &video = pickle[dict.items[i]], &number = pickle[dict.items[i + 1]];
    is_plain =
        video.kind == PickleValue::Kind::kString && number.kind == PickleValue::Kind::kInt && number.integer >= 0;
    if (is_plain) index[video.text] = static_cast<std::size_t>(number.integer);
  }
  if (!is_plain) {
    fail_input(path,
               ": found another pickle than a dict of names and whole numbers; write it as JSON: python3 -c "
               "'import json, pickle; print(json.dumps({k: int(v) for k, v in "
               "dict(pickle.load(open(\"",
               base_name(path), "\", \"rb\"))).items()}))' > ", file_stem(path), ".json");
  }
  return index;
}

}  // namespace

CaptionIndex read_caption_index(const std::string& path) {
  return has_extension(path, ".json") ? from_json(path) : from_pickle(path);
}

}  // namespace tvts
