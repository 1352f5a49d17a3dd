#include "tvts/model/weights/sha256.h"

#include <openssl/evp.h>

#include <algorithm>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "tvts/core/error.h"
#include "tvts/core/input_file.h"

namespace tvts {

namespace {

constexpr std::size_t kChunkBytes = std::size_t{1} << 20;

class Sha256 {
 public:
  Sha256() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    require(context_ != nullptr && EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
  }
  void add(Bytes bytes) { require(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1); }
  std::string hex() && {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    require(EVP_DigestFinal_ex(context_.get(), digest, &size) == 1);
    std::string hex;
    for (unsigned int i = 0; i < size; ++i) {
      hex += "0123456789abcdef"[digest[i] >> 4];
      hex += "0123456789abcdef"[digest[i] & 15];
    }
    return hex;
  }

 private:
  static void require(bool done) {
    if (!done) fail(ErrorKind::kFailed, "cannot compute a SHA-256: libcrypto refused");
  }
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context_;
};

}  // namespace

std::string sha256_hex(Bytes bytes) {
  Sha256 sum;
  sum.add(bytes);
  return std::move(sum).hex();
}

std::string sha256_of_file(const std::string& path) {
  const InputFile file(path);
  std::vector<std::byte> chunk(kChunkBytes);
  Sha256 sum;
  for (std::uint64_t offset = 0; offset < file.size(); offset += kChunkBytes) {
    const auto part = std::span(chunk).first(std::min<std::uint64_t>(kChunkBytes, file.size() - offset));
    file.read(offset, part);
    sum.add(part);
  }
  return std::move(sum).hex();
}

}  // namespace tvts
