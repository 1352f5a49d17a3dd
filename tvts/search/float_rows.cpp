#include "tvts/search/float_rows.h"

#include <bit>
#include <charconv>
#include <cstdint>
#include <string_view>

#include "tvts/core/error.h"

namespace tvts {
namespace {

static_assert(std::endian::native == std::endian::little, "npy files are written with the machine's bytes");

constexpr std::string_view kMagic = "\x93NUMPY\x01";
constexpr std::size_t kPreamble = 10;  // magic, version 1.0, two bytes of header length
constexpr std::size_t kAlignment = 64;

// The text after `key` in numpy's header, a Python dictionary.
std::string_view after_key(std::string_view header, std::string_view key, const std::string& path) {
  const std::size_t at = header.find(key);
  if (at == std::string_view::npos) fail_input(path, ": the npy header has no ", key);
  const std::string_view rest = header.substr(at + key.size());
  return rest.substr(std::min(rest.size(), rest.find_first_not_of(": ")));
}

std::size_t take_size(std::string_view& text, const std::string& path) {
  text.remove_prefix(std::min(text.size(), text.find_first_not_of("(, ")));
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  if (error != std::errc()) fail_input(path, ": the npy shape is not of the form (rows, E)");
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return size;
}

}  // namespace

std::string npy_header(std::size_t rows, std::size_t dim) {
  std::string text = concat("{'descr': '<f4', 'fortran_order': False, 'shape': (", rows, ", ", dim, "), }");
  const std::size_t used = kPreamble + text.size() + 1;
  text.append((kAlignment - used % kAlignment) % kAlignment, ' ');
  text += '\n';
  std::string header(kMagic);
  header += '\0';
  header += {static_cast<char>(text.size() & 255U), static_cast<char>(text.size() >> 8)};
  return header + text;
}

FloatRows read_float_rows(const MappedFile& file) {
  const std::string& path = file.path();
  const std::string_view all(reinterpret_cast<const char*>(file.bytes().data()), file.bytes().size());
  if (all.size() < kPreamble || !all.starts_with(kMagic)) fail_input(path, " is no npy file of version 1");
  const std::size_t length = static_cast<unsigned char>(all[8]) | static_cast<unsigned char>(all[9]) << 8;
  if (length > all.size() - kPreamble) fail_input(path, " ends within its npy header");
  const std::string_view header = all.substr(kPreamble, length);
  if (!after_key(header, "'descr'", path).starts_with("'<f4'") ||
      !after_key(header, "'fortran_order'", path).starts_with("False")) {
    fail_input(path, ": found ", header.substr(0, 80), ", expected float32 in C order");
  }
  std::string_view shape = after_key(header, "'shape'", path);
  FloatRows result;
  result.rows = take_size(shape, path);
  result.dim = take_size(shape, path);
  if (!shape.starts_with(')')) fail_input(path, ": the npy shape is not of the form (rows, E)");
  const std::string_view data = all.substr(kPreamble + length);
  const std::size_t floats = data.size() / sizeof(float);
  const bool fits = result.dim > 0 && data.size() % sizeof(float) == 0 && floats % result.dim == 0 &&
                    floats / result.dim == result.rows;
  if (!fits) {
    fail_input(path, ": the header says [", result.rows, ", ", result.dim, "] float32, the file has ", data.size(),
               " bytes of them; it may be cut short");
  }
  if ((kPreamble + length) % alignof(float) != 0) fail_input(path, ": its numbers are not aligned; save it with numpy");
  result.data = reinterpret_cast<const float*>(data.data());
  return result;
}

}  // namespace tvts
