#include "tvts/core/npy.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <limits>

#include "tvts/core/error.h"
#include "tvts/core/input_file.h"
#include "tvts/core/npy_header.h"

namespace tvts {
namespace {

static_assert(std::endian::native == std::endian::little, "the elements are mapped and written as they are");

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::size_t kAlignment = 64;  // of the first element, in files that we write
constexpr std::size_t kMostHeaderBytes = std::size_t{1} << 20;
constexpr std::size_t kMaxDigits = 21;  // numpy leaves space for the first size to grow to so many digits

struct TypeFacts {
  std::string_view descr;
  NpyType type;
  std::size_t size;
};
constexpr std::array<TypeFacts, 5> kTypes = {{{"<f2", NpyType::kFloat16, 2},
                                              {"<f4", NpyType::kFloat32, 4},
                                              {"<f8", NpyType::kFloat64, 8},
                                              {"<i8", NpyType::kInt64, 8},
                                              {"|u1", NpyType::kUint8, 1}}};

const TypeFacts& facts_of(const std::string& descr, const std::string& name) {
  for (const TypeFacts& facts : kTypes) {
    if (facts.descr == descr) return facts;
  }
  fail_input(name, ": found elements of type ", descr,
             ", expected <f4, <f2, <f8, <i8 or |u1; convert them with numpy's astype");
}

// The header's length field, little-endian, 2 bytes in version 1 and 4 in later ones; what precedes the text.
struct Preamble {
  std::size_t text_begin, text_size;
};
Preamble read_preamble(std::string_view file, const std::string& name) {
  if (!file.starts_with(kMagic) || file.size() < kMagic.size() + 2) fail_input(name, " is not an npy file");
  const int version = static_cast<unsigned char>(file[kMagic.size()]);
  if (version < 1 || version > 3) fail_input(name, ": found npy version ", version, ", expected 1, 2 or 3");
  const std::size_t length_bytes = version == 1 ? 2 : 4;
  const std::size_t begin = kMagic.size() + 2 + length_bytes;
  if (file.size() < begin) fail_input(name, " ends inside its npy header");
  std::size_t size = 0;
  for (std::size_t i = 0; i < length_bytes; ++i) {
    size |= static_cast<std::size_t>(static_cast<unsigned char>(file[kMagic.size() + 2 + i])) << (8 * i);
  }
  if (size > file.size() - begin) fail_input(name, " ends inside its npy header");
  return {begin, size};
}

std::size_t bytes_of(const NpyHeader& header, std::size_t element_size, const std::string& name) {
  std::size_t bytes = element_size;
  for (const std::int64_t size : header.shape) {
    if (__builtin_mul_overflow(bytes, static_cast<std::size_t>(size), &bytes)) {
      fail_input(name, ": the shape in the npy header is larger than any file");
    }
  }
  return bytes;
}

template <class Element>
std::span<const Element> elements(const NpyArray& array, NpyType type) {
  TVTS_ASSERT(array.type == type);
  return {reinterpret_cast<const Element*>(array.data.data()), array.data.size() / sizeof(Element)};
}

// `begin` holds the header, `bytes` the whole file.
NpyArray parse_array(std::string_view begin, Bytes bytes, const std::string& name) {
  const auto [text_begin, text_size] = read_preamble(begin, name);
  const NpyHeader header = parse_npy_header(begin.substr(text_begin, text_size), name);
  const TypeFacts& facts = facts_of(header.descr, name);
  if (header.fortran_order && header.shape.size() > 1) {
    fail_input(name, ": found Fortran order, expected C order; save numpy.ascontiguousarray of it");
  }
  const Bytes data = bytes.subspan(text_begin + text_size);
  const std::size_t expected = bytes_of(header, facts.size, name);
  if (data.size() != expected) {
    fail_input(name, ": found ", data.size(), " bytes of elements, expected ", expected,
               " by its header; it may be cut short");
  }
  if ((text_begin + text_size) % facts.size != 0) {
    fail_input(name, ": its elements are not aligned to their size; save it again with numpy");
  }
  return {facts.type, header.shape, data, nullptr};
}

float half_to_float(std::uint16_t bits) {
  const int exponent = bits >> 10 & 31, fraction = bits & 1023;
  float magnitude = std::ldexp(static_cast<float>(fraction + (exponent == 0 ? 0 : 1024)), std::max(exponent, 1) - 25);
  if (exponent == 31) {
    magnitude = fraction == 0 ? std::numeric_limits<float>::infinity() : std::numeric_limits<float>::quiet_NaN();
  }
  return std::copysign(magnitude, (bits & 0x8000) != 0 ? -1.0F : 1.0F);
}

// A value beyond a float's range becomes infinite, as in numpy's astype.
float double_to_float(double value) {
  if (std::fabs(value) <= std::numeric_limits<float>::max() || !std::isfinite(value)) return static_cast<float>(value);
  return std::copysign(std::numeric_limits<float>::infinity(), value > 0 ? 1.0F : -1.0F);
}

}  // namespace

std::size_t NpyArray::element_count() const {
  for (const TypeFacts& facts : kTypes) {
    if (facts.type == type) return data.size() / facts.size;
  }
  TVTS_ASSERT(false);
  return 0;
}

std::span<const float> NpyArray::float32() const { return elements<float>(*this, NpyType::kFloat32); }
std::span<const std::uint16_t> NpyArray::float16() const { return elements<std::uint16_t>(*this, NpyType::kFloat16); }
std::span<const double> NpyArray::float64() const { return elements<double>(*this, NpyType::kFloat64); }
std::span<const std::int64_t> NpyArray::int64() const { return elements<std::int64_t>(*this, NpyType::kInt64); }
std::span<const std::uint8_t> NpyArray::uint8() const { return elements<std::uint8_t>(*this, NpyType::kUint8); }

NpyArray parse_npy(Bytes bytes, const std::string& name) {
  return parse_array({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, bytes, name);
}

NpyArray read_npy(const std::string& path) {
  const auto text = std::make_shared<const std::string>(read_file(path, kMostTableBytes));
  NpyArray array = parse_npy(std::as_bytes(std::span(*text)), path);
  array.owner = text;
  return array;
}

MappedNpy map_npy(const std::string& path) {
  const InputFile header(path);  // copied, since it is parsed
  const std::string begin = header.text(0, std::min<std::uint64_t>(header.size(), kMostHeaderBytes));
  MappedNpy mapped{.array = {}, .file = MappedFile::open(path)};
  mapped.array = parse_array(begin, mapped.file->bytes(), path);
  mapped.array.owner = mapped.file;
  return mapped;
}

std::vector<float> to_float32(const NpyArray& array, const std::string& name) {
  if (array.type == NpyType::kFloat32) return {array.float32().begin(), array.float32().end()};
  std::vector<float> values;
  values.reserve(array.element_count());
  if (array.type == NpyType::kFloat64) {
    for (const double value : array.float64()) values.push_back(double_to_float(value));
  } else if (array.type == NpyType::kFloat16) {
    for (const std::uint16_t bits : array.float16()) values.push_back(half_to_float(bits));
  } else {
    fail_input(name, ": found integers, expected float32, float16 or float64");
  }
  return values;
}

std::string npy_header(std::span<const std::int64_t> shape) {
  std::string text = "{'descr': '<f4', 'fortran_order': False, 'shape': (";
  for (std::size_t i = 0; i < shape.size(); ++i) text += (i > 0 ? ", " : "") + std::to_string(shape[i]);
  text += shape.size() == 1 ? ",), }" : "), }";
  if (!shape.empty()) text.append(kMaxDigits - std::to_string(shape[0]).size(), ' ');
  const std::size_t begin = kMagic.size() + 4;
  text.append(kAlignment - (begin + text.size() + 1) % kAlignment, ' ');
  text += '\n';
  TVTS_ASSERT(text.size() <= 0xffff);
  std::string header(kMagic);
  header += {'\1', '\0', static_cast<char>(text.size() & 0xff), static_cast<char>(text.size() >> 8)};
  return header + text;
}

NpyWriter::NpyWriter(const std::string& path, std::int64_t columns) : file_(path), columns_(columns) {
  TVTS_ASSERT(columns > 0);
  file_.write(npy_header(std::array<std::int64_t, 2>{0, columns_}));
}

void NpyWriter::append(std::span<const float> rows) {
  TVTS_ASSERT(rows.size() % static_cast<std::size_t>(columns_) == 0);
  file_.write(rows.data(), rows.size_bytes());
  rows_ += static_cast<std::int64_t>(rows.size()) / columns_;
}

WholeFile& NpyWriter::finished_file() {
  // As long as the one that stands there: see kMaxDigits.
  file_.overwrite(0, npy_header(std::array<std::int64_t, 2>{rows_, columns_}));
  return file_;
}

void NpyWriter::commit() { finished_file().commit(); }

void write_npy(const std::string& path, std::span<const std::int64_t> shape, std::span<const float> values) {
  std::size_t count = 1;
  for (const std::int64_t size : shape) count *= static_cast<std::size_t>(size);
  TVTS_ASSERT(count == values.size());
  WholeFile file(path);
  file.write(npy_header(shape));
  file.write(values.data(), values.size_bytes());
  file.commit();
}

}  // namespace tvts
