#include "tvts/checkpoint/sha256.h"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>

#include "tvts/core/error.h"

namespace tvts {

std::string sha256_hex(Bytes bytes) {
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  const bool done = context != nullptr && EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) == 1 &&
                    EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1 &&
                    EVP_DigestFinal_ex(context.get(), digest, &size) == 1;
  if (!done) fail(ErrorKind::kFailed, "cannot compute a SHA-256: libcrypto refused");
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) {
    hex += "0123456789abcdef"[digest[i] >> 4];
    hex += "0123456789abcdef"[digest[i] & 15];
  }
  return hex;
}

// The file is mapped, so that its pages pass through the page cache and no copy is held.
std::string sha256_of_file(const std::string& path) { return sha256_hex(MappedFile::open(path)->bytes()); }

}  // namespace tvts
