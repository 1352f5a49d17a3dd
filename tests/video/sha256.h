// SHA-256 of bytes, in hexadecimal.
#pragma once

#include <openssl/sha.h>

#include <cstdint>
#include <span>
#include <string>

namespace tvts::test {

inline std::string sha256(std::span<const std::uint8_t> bytes) {
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(bytes.data(), bytes.size(), digest);
  std::string text;
  for (const unsigned char byte : digest) {
    text += "0123456789abcdef"[byte >> 4];
    text += "0123456789abcdef"[byte & 15];
  }
  return text;
}

}  // namespace tvts::test
