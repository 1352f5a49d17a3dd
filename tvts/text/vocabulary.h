// CLIP's byte-level vocabulary: 256 bytes, the same 256 at the end of a word, one entry a merge, two special tokens.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tvts {

inline constexpr std::size_t kClipMerges = 48894;  // merges of the published vocabulary
inline constexpr int32_t kByteTokens = 512;        // ids below are single bytes

// Two tokens that become one; the merge of rank r makes the id kByteTokens + r.
struct Merge {
  int32_t left = 0;
  int32_t right = 0;
};

class Vocabulary {
 public:
  // CLIP's bpe_simple_vocab_16e6.txt, plain or gzip-compressed: a header line, then merges, of which the first
  // kClipMerges count. Throws Error(kInput) naming the file and the line.
  static Vocabulary from_file(const std::string& path);

  // One pair a line, no header, as merges_text() writes it and a model file carries it. Throws Error(kInput) naming
  // the line when a pair is not two known tokens, or spells a token that exists already.
  static Vocabulary from_merges(std::string_view text);

  // The first `count` merges. Throws Error(kInput) when there are fewer.
  Vocabulary prefix(std::size_t count) const;

  const std::string& merges_text() const { return merges_text_; }
  const std::vector<Merge>& merges() const { return merges_; }  // by rank
  int64_t size() const { return kByteTokens + static_cast<int64_t>(merges_.size()) + 2; }

 private:
  class MergeReader;
  void add_merge(MergeReader& reader);

  std::string merges_text_;
  std::vector<Merge> merges_;
};

// The id of a byte inside a word; at a word's end it is 256 higher.
int32_t byte_token(uint8_t byte);

}  // namespace tvts
