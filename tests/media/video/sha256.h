// SHA-256 of pixels, in hexadecimal.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "tvts/model/weights/sha256.h"

namespace tvts::test {

inline std::string sha256(std::span<const std::uint8_t> bytes) { return sha256_hex(std::as_bytes(bytes)); }

}  // namespace tvts::test
