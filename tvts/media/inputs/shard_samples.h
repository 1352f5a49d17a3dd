// Groups the members of a tar shard into samples by WebDataset's rule, and handles names with dots in them.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tvts {

enum class ShardText { kCaption, kLabel, kJson, kVtt, kSrt, kWhisper };
inline constexpr std::size_t kShardTexts = 6;

struct ShardSample {
  std::string key;
  std::size_t media = 0;                                      // the index of its video or image among the members
  std::array<std::optional<std::size_t>, kShardTexts> texts;  // the indices of its texts, by kind
  std::vector<std::size_t> unused;                            // texts beside it that may be those of another sample

  const std::optional<std::size_t>& text(ShardText kind) const { return texts[static_cast<std::size_t>(kind)]; }
};

// A member's name without "./" before it.
std::string_view member_name(std::string_view raw);

// Members that follow one another and share their name up to the first dot after the last '/', the key, are one sample:
// its video, else its image, and its texts. Texts of a key that stand apart from its video are that video's where no
// other one has the key. Where there are several videos, or images that are not named as a video is, dots are part of
// the names: each is a sample, its key the name up to the last dot, and a text is that of the longest key that it
// begins with. A text that fits no key is not guessed about: it is `unused` of the first sample there. Hidden members
// and members without a name are passed over. The samples come in the order of their media.
std::vector<ShardSample> samples_of(std::span<const std::string> names);

}  // namespace tvts
