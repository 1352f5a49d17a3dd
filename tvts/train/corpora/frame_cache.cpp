#include "tvts/train/corpora/frame_cache.h"

#include <array>
#include <cstring>
#include <filesystem>
#include <span>
#include <system_error>
#include <utility>

#include "tvts/core/error.h"
#include "tvts/core/folders.h"
#include "tvts/core/random.h"
#include "tvts/core/whole_file.h"

namespace tvts {
namespace {

// The file: Header, identity, padding to 8, times f64 [count], sums u64 [count], pixels u8 [count, height, width, 3].
// Little-endian, as every machine that this runs on is.
constexpr char kMagic[8] = {'T', 'V', 'T', 'S', 'F', 'R', 'M', '1'};

struct Header {
  char magic[8];
  std::uint64_t identity_bytes, count, width, height;
  double end_seconds;
  std::uint64_t sum;  // of this header with a sum of 0, and of what lies between it and the pixels
};

// A fast mixing sum: finds damage, not malice.
std::uint64_t sum_of(std::span<const std::uint8_t> bytes) {
  std::uint64_t sum = bytes.size();
  while (bytes.size() >= 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data(), 8);
    sum = (sum ^ word) * 0x9e3779b97f4a7c15;
    sum ^= sum >> 32;
    bytes = bytes.subspan(8);
  }
  for (const std::uint8_t byte : bytes) sum = (sum ^ byte) * 0x100000001b3;
  return sum;
}

std::span<const std::uint8_t> as_bytes(const auto& values) {
  return {reinterpret_cast<const std::uint8_t*>(values.data()), values.size() * sizeof(values[0])};
}

std::uint64_t sum_of(Header header, std::span<const std::uint8_t> middle) {
  header.sum = 0;
  std::array<std::uint8_t, sizeof header> bytes;
  std::memcpy(bytes.data(), &header, sizeof header);
  return sum_of(bytes) ^ sum_of(middle) * 3;
}

std::size_t padding(std::size_t size) { return (8 - size % 8) % 8; }

// The bytes between header and pixels.
std::string preamble(const std::string& identity, const VideoFrames& frames) {
  std::vector<std::uint64_t> sums;
  const std::size_t count = frames.indices.size();
  const std::size_t frame_bytes = count == 0 ? 0 : frames.pixels.size() / count;
  for (std::size_t i = 0; i < count; ++i)
    sums.push_back(sum_of(std::span(frames.pixels).subspan(i * frame_bytes, frame_bytes)));
  std::string bytes = identity + std::string(padding(identity.size()), '\0');
  for (const std::span<const std::uint8_t> part : {as_bytes(frames.facts.times.seconds), as_bytes(sums)}) {
    bytes.append(reinterpret_cast<const char*>(part.data()), part.size());
  }
  return bytes;
}

}  // namespace

std::optional<std::vector<std::uint8_t>> CachedFrames::frame(int64_t index) const {
  TVTS_ASSERT(index >= 0 && index < count_);
  const auto i = static_cast<std::size_t>(index);
  std::vector<std::uint8_t> frame(static_cast<std::size_t>(width_ * height_ * 3));
  try {
    file_->read(pixels_begin_ + i * frame.size(), std::as_writable_bytes(std::span(frame)));
  } catch (const Error&) {
    return std::nullopt;
  }
  return sum_of(frame) == sums_[i] ? std::optional(std::move(frame)) : std::nullopt;
}

FrameCache::FrameCache(std::string folder) : folder_(std::move(folder)) { make_folder(folder_); }

// 256 folders, so that none holds very many files.
std::string FrameCache::path_of(const std::string& identity) const {
  constexpr const char* kDigits = "0123456789abcdef";
  std::uint64_t hash = RandomStream(0, identity).next();
  std::string name;
  for (int i = 0; i < 16; ++i, hash >>= 4) name += kDigits[hash & 15];
  return folder_ + "/" + name.substr(0, 2) + "/" + name + ".frames";
}

// False when the file is not a whole one of this identity. Throws Error(kInput) when it cannot be read.
bool CachedFrames::parse(std::shared_ptr<const InputFile> file, const std::string& identity) {
  Header header{};
  if (file->size() < sizeof header) return false;
  file->read(0, std::as_writable_bytes(std::span(&header, 1)));
  constexpr std::uint64_t kMost = std::uint64_t{1} << 20;  // frames, pixels of a side: products stay far below 2^64
  const bool sane = std::memcmp(header.magic, kMagic, sizeof kMagic) == 0 && header.identity_bytes == identity.size() &&
                    header.count <= kMost && header.width <= kMost && header.height <= kMost;
  const std::uint64_t named = identity.size() + padding(identity.size()), before = named + 16 * header.count;
  if (!sane || file->size() - sizeof header != before + header.count * header.width * header.height * 3) return false;
  std::vector<std::uint8_t> middle(before);
  file->read(sizeof header, std::as_writable_bytes(std::span(middle)));
  if (sum_of(header, middle) != header.sum) return false;
  if (std::memcmp(middle.data(), identity.data(), identity.size()) != 0) return false;
  if (header.count == 0) return true;
  count_ = static_cast<int64_t>(header.count);
  width_ = static_cast<int64_t>(header.width), height_ = static_cast<int64_t>(header.height);
  times_ = {std::vector<double>(header.count), header.end_seconds};
  sums_.resize(header.count);
  std::memcpy(times_.seconds.data(), middle.data() + named, 8 * header.count);
  std::memcpy(sums_.data(), middle.data() + named + 8 * header.count, 8 * header.count);
  pixels_begin_ = sizeof header + before;
  file_ = std::move(file);
  return true;
}

std::optional<CachedFrames> FrameCache::find(const std::string& identity) const {
  CachedFrames cached;
  try {
    if (cached.parse(std::make_shared<const InputFile>(path_of(identity)), identity)) return cached;
  } catch (const Error&) {
  }
  return std::nullopt;
}

void FrameCache::store(const std::string& identity, const VideoFrames& frames) const {
  {
    const std::lock_guard lock(mutex_);
    if (!being_written_.insert(identity).second) return;
  }
  try {
    write(identity, frames);
  } catch (...) {
    const std::lock_guard lock(mutex_);
    being_written_.erase(identity);
    throw;
  }
  const std::lock_guard lock(mutex_);
  being_written_.erase(identity);
}

void FrameCache::write(const std::string& identity, const VideoFrames& frames) const {
  const std::string middle = preamble(identity, frames);
  Header header{{},
                identity.size(),
                frames.indices.size(),
                static_cast<std::uint64_t>(frames.width),
                static_cast<std::uint64_t>(frames.height),
                frames.facts.times.end_seconds,
                0};
  std::memcpy(header.magic, kMagic, sizeof kMagic);
  header.sum = sum_of(header, as_bytes(middle));
  const std::string path = path_of(identity);
  make_folder_of(path);
  WholeFile file(path);
  file.write(&header, sizeof header);
  file.write(middle);
  file.write(frames.pixels.data(), frames.pixels.size());
  file.commit(WholeFile::Flush::kNo);  // the checksums show what a loss of power has damaged
}

}  // namespace tvts
