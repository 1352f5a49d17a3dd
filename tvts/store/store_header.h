// The header of an embedding store, OUT/tvts.json: the model and the options that made its numbers.
#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>

namespace tvts {

// Every field but the first three decides the numbers: rows made with another value do not belong beside these.
struct StoreHeader {
  std::string model_path;    // where the model was; for people and for `search`, which loads it from there
  std::string model_name;    // ViT-B-32
  std::string model_origin;  // as the model file states it
  std::string model_sha256;
  int64_t embed_dim = 0;   // E
  std::string preprocess;  // tvtsv2-eval, tvtsv2-extract, clip
  int64_t num_frames = 0;
  std::string pool;                      // cls, mean
  std::string precision;                 // fp32, bf16, int8
  bool normalize = true;                 // rows have length 1
  std::optional<double> window_seconds;  // none: one row a video
  std::optional<double> stride_seconds;
  bool rotate = true;                // the picture as the rotation tag says
  bool square_pixels = true;         // the picture as its sample aspect ratio says
  std::string neutral_texts_sha256;  // of the bank behind the score statistics; empty: rows have none
  bool operator==(const StoreHeader&) const = default;
};

// Calls visit(name, field) for each field, in the order of the file.
template <class Header, class Visit>
requires std::same_as<std::remove_const_t<Header>, StoreHeader>
void visit_fields(Header& header, Visit&& visit) {
  visit("model_path", header.model_path);
  visit("model_name", header.model_name);
  visit("model_origin", header.model_origin);
  visit("model_sha256", header.model_sha256);
  visit("embed_dim", header.embed_dim);
  visit("preprocess", header.preprocess);
  visit("num_frames", header.num_frames);
  visit("pool", header.pool);
  visit("precision", header.precision);
  visit("normalize", header.normalize);
  visit("window_seconds", header.window_seconds);
  visit("stride_seconds", header.stride_seconds);
  visit("rotate", header.rotate);
  visit("square_pixels", header.square_pixels);
  visit("neutral_texts_sha256", header.neutral_texts_sha256);
}

// JSON text that ends with a line end.
std::string to_json(const StoreHeader& header);

// Throws Error(kInput) naming the path: not JSON, not a store's header, an unknown version, a field missing or bad.
StoreHeader read_store_header(const std::string& path);

// True when the file says that it is a store's header, of whatever version.
bool is_store_header(const std::string& path);

// Throws Error(kInput) naming every field that differs, with both values, and the next step.
void require_same_numbers(const StoreHeader& stored, const StoreHeader& asked, const std::string& dir);

}  // namespace tvts
