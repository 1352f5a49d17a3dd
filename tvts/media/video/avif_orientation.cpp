#include "tvts/media/video/avif_orientation.h"

#include <functional>
#include <string>

namespace tvts {
namespace {

constexpr int kMostBoxes = 1000;
constexpr int64_t kMostPropertyBytes = 1 << 16;

int64_t big_endian(std::span<const std::uint8_t> bytes, std::size_t begin, std::size_t size) {
  return read_number(bytes, begin, size, ByteOrder::kBigEndian);
}

// The content of each box (length with itself, name, content), until visit() returns false.
void each_box(const FilePart& boxes, const std::function<bool(std::string_view name, const FilePart& content)>& visit) {
  int64_t at = 0;
  for (int i = 0; i < kMostBoxes; ++i) {
    const auto header = boxes.read<8>(at);
    if (!header) return;
    const int64_t size = big_endian(*header, 0, 4);
    if (size < 8) return;  // to the end of the file, or with a long length: pictures, not their properties
    if (!visit(name_at(*header, 4), boxes.part(at + 8, size - 8))) return;
    at += size;
  }
}

FilePart box_of(const FilePart& boxes, std::string_view wanted) {
  FilePart found = boxes.part(0, 0);
  each_box(boxes, [&](std::string_view name, const FilePart& content) {
    if (name == wanted) found = content;
    return name != wanted;
  });
  return found;
}

// The numbers (from 1) of the properties of an item, in the order in which they apply. From a box `ipma`: version and
// flags, then for each item its number, how many there are, and those, with a bit before each.
std::vector<int64_t> property_numbers(const std::vector<std::uint8_t>& ipma, int64_t item) {
  if (ipma.size() < 8) return {};
  const std::size_t item_bytes = ipma[0] == 0 ? 2 : 4, number_bytes = (ipma[3] & 1) != 0 ? 2 : 1;
  const int64_t no_flag = number_bytes == 2 ? 0x7fff : 0x7f;
  std::size_t at = 8;
  while (at + item_bytes + 1 <= ipma.size()) {
    const bool wanted = big_endian(ipma, at, item_bytes) == item;
    const std::size_t count = ipma[at + item_bytes];
    at += item_bytes + 1;
    if (at + count * number_bytes > ipma.size()) break;
    std::vector<int64_t> numbers;
    for (std::size_t i = 0; i < count; ++i, at += number_bytes) {
      numbers.push_back(big_endian(ipma, at, number_bytes) & no_flag);
    }
    if (wanted) return numbers;
  }
  return {};
}

struct Property {
  std::string name;
  std::uint8_t value;  // its first byte
};

std::vector<Property> properties_in(const FilePart& ipco) {
  std::vector<Property> properties;
  each_box(ipco, [&](std::string_view name, const FilePart& content) {
    const auto first = content.read<1>(0);
    properties.push_back({std::string(name), first ? (*first)[0] : std::uint8_t{0}});
    return true;
  });
  return properties;
}

Orientation with(const Property& property, const Orientation& before) {
  Orientation now = before;
  if (property.name == "irot") {  // counterclockwise, in quarters
    for (int i = property.value & 3; i > 0; --i) now = {!now.transpose, now.mirror_y, !now.mirror_x};
  } else if (property.name == "imir") {
    bool& mirror = (property.value & 1) != 0 ? now.mirror_x : now.mirror_y;
    mirror = !mirror;
  }
  return now;
}

// From a box `pitm`: version and flags, the number.
int64_t primary_item(const FilePart& pitm) {
  const std::vector<std::uint8_t> bytes = pitm.bytes(8);
  if (bytes.size() < 6) return -1;
  return big_endian(bytes, 4, bytes[0] == 0 ? 2 : std::min<std::size_t>(4, bytes.size() - 4));
}

// By its first box: length, "ftyp", the kind.
bool is_of_kind(const FilePart& file, std::span<const std::string_view> kinds) {
  const auto begin = file.read<12>(0);
  if (!begin || name_at(*begin, 4) != "ftyp") return false;
  return std::find(kinds.begin(), kinds.end(), name_at(*begin, 8)) != kinds.end();
}

}  // namespace

bool is_heic(const FilePart& file) {
  constexpr std::array<std::string_view, 5> kKinds = {"heic", "heix", "heim", "heis", "mif1"};
  return is_of_kind(file, kKinds);
}

bool is_avif_or_heic(const FilePart& file) {
  constexpr std::array<std::string_view, 2> kKinds = {"avif", "avis"};
  return is_of_kind(file, kKinds) || is_heic(file);
}

Orientation avif_orientation(const FilePart& file) {
  if (!is_avif_or_heic(file)) return {};
  const FilePart meta = box_of(file, "meta");
  if (meta.size() < 4) return {};
  const FilePart items = meta.part(4, meta.size()), properties = box_of(items, "iprp");
  const std::vector<Property> all = properties_in(box_of(properties, "ipco"));
  const int64_t item = primary_item(box_of(items, "pitm"));
  Orientation orientation;
  for (const int64_t number : property_numbers(box_of(properties, "ipma").bytes(kMostPropertyBytes), item)) {
    if (number >= 1 && number <= static_cast<int64_t>(all.size())) {
      orientation = with(all[static_cast<std::size_t>(number - 1)], orientation);
    }
  }
  return orientation;
}

}  // namespace tvts
