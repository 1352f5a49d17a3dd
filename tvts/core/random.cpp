#include "tvts/core/random.h"

#include "tvts/core/error.h"

namespace tvts {
namespace {

// SplitMix64 (Steele, Lea, Flood 2014): a counter through a mixing function.
constexpr std::uint64_t kStep = 0x9e3779b97f4a7c15;

std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

// FNV-1a.
std::uint64_t hash(std::string_view text) {
  std::uint64_t value = 0xcbf29ce484222325;
  for (const char c : text) value = (value ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return value;
}

}  // namespace

RandomStream::RandomStream(std::uint64_t seed, std::string_view name) : state_(mix(seed + kStep) ^ hash(name)) {}

std::uint64_t RandomStream::next() { return mix(state_ += kStep); }

double RandomStream::uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }

std::uint64_t RandomStream::below(std::uint64_t bound) {
  TVTS_ASSERT(bound > 0);
  const std::uint64_t unfair = -bound % bound;  // 2^64 mod bound: draws below it would favour small results
  std::uint64_t draw = next();
  while (draw < unfair) draw = next();
  return draw % bound;
}

}  // namespace tvts
