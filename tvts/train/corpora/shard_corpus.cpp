// WebDataset tar shards (samples_of() tells which members belong together). The headers are read once, when the shards
// are opened; then each member is read at its offset.
#include <array>

#include "tvts/core/error.h"
#include "tvts/core/json/fields.h"
#include "tvts/core/trimmed.h"
#include "tvts/media/inputs/brace_pattern.h"
#include "tvts/media/inputs/media_names.h"
#include "tvts/media/inputs/shard_samples.h"
#include "tvts/train/corpora/annotation.h"
#include "tvts/train/corpora/corpus_forms.h"
#include "tvts/train/corpora/shard_bytes.h"
#include "tvts/train/corpora/subtitles.h"
#include "tvts/train/corpora/tar_index.h"
#include "tvts/train/corpora/whisper.h"

namespace tvts {
namespace {

constexpr std::size_t kLongestText = std::size_t{64} << 20;  // bytes of a member with text

struct MemberRange {
  int64_t offset = 0, size = -1;  // -1: there is none
};

struct IndexedSample {
  std::uint32_t shard = 0;
  std::string key;
  std::string media;  // the member's name: KEY.mp4
  MemberRange video;
  std::array<MemberRange, kShardTexts> texts;

  const MemberRange& text(ShardText kind) const { return texts[static_cast<std::size_t>(kind)]; }
  bool has(ShardText kind) const { return text(kind).size >= 0; }
};

MemberRange range_of(const TarMember& member) { return {member.offset, member.size}; }

class Shards : public Corpus {
 public:
  explicit Shards(const CorpusOptions& options) : Corpus(options), paths_(expand_braces(options.list)) {
    for (std::uint32_t shard = 0; shard < paths_.size(); ++shard) add_shard(shard);
  }

  int64_t size() const override { return static_cast<int64_t>(samples_.size()); }
  std::string key(int64_t i) const override { return sample(i).key; }
  VideoSource video(int64_t i) const override {
    const IndexedSample& found = sample(i);
    return {.path = paths_[found.shard],
            .member = found.media,
            .offset = found.video.offset,
            .size_bytes = found.video.size};
  }
  SampleText text(int64_t i) const override {
    const IndexedSample& found = sample(i);
    const bool has_caption = options().segments == 1 && found.has(ShardText::kCaption);
    if (has_caption) return {.caption = std::string(trimmed(text_of(found, ShardText::kCaption), " \t\r\n"))};
    const Json json = json_member(found);
    if (options().segments == 1) {
      if (auto text = caption_in(json, found)) return {.caption = *std::move(text)};
    }
    if (auto words = transcript(found, json)) return {.transcript = *std::move(words)};
    const std::string key(base_name(found.key));
    if (options().segments == 1) {
      fail_input(where(found), ": found no caption beside it, expected ", key, ".txt or a \"caption\" in ", key,
                 ".json");
    }
    fail_input(where(found), ": found no transcript beside it, expected ", key, ".json with \"subtitles\", ", key,
               ".vtt, .srt or .whisper.json");
  }

 private:
  const IndexedSample& sample(int64_t i) const { return samples_.at(static_cast<std::size_t>(i)); }
  std::string where(const IndexedSample& found) const { return paths_[found.shard] + "/" + found.media; }

  void add_shard(std::uint32_t shard) {
    const std::vector<TarMember> members = index_tar(InputFile(paths_[shard]));
    std::vector<std::string> names;
    for (const TarMember& member : members) names.push_back(member.name);
    for (ShardSample& found : samples_of(names)) {
      IndexedSample sample = {.shard = shard, .key = std::move(found.key), .media = names[found.media]};
      sample.video = range_of(members[found.media]);
      for (std::size_t kind = 0; kind < kShardTexts; ++kind) {
        if (found.texts[kind]) sample.texts[kind] = range_of(members[*found.texts[kind]]);
      }
      samples_.push_back(std::move(sample));
    }
  }

  std::string text_of(const IndexedSample& found, ShardText kind) const {
    const auto [offset, size] = found.text(kind);
    const auto bytes = read_shard_bytes(paths_[found.shard], offset, size, kLongestText);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }

  Json json_member(const IndexedSample& found) const {
    if (!found.has(ShardText::kJson)) return Json::object();
    return located([&] { return parse_json_object(text_of(found, ShardText::kJson)); }, where(found));
  }

  std::optional<std::string> caption_in(const Json& json, const IndexedSample& found) const {
    return located([&] { return optional_field<std::string>(json, "caption"); }, where(found));
  }

  std::optional<Transcript> transcript(const IndexedSample& found, const Json& json) const {
    if (json.contains("subtitles")) return aligned_transcript(annotation_from(json, where(found)));
    for (const ShardText kind : {ShardText::kVtt, ShardText::kSrt}) {
      if (found.has(kind)) return transcript_of(read_subtitles(text_of(found, kind)));
    }
    if (found.has(ShardText::kWhisper)) {
      return transcript_of(read_whisper(text_of(found, ShardText::kWhisper), where(found)));
    }
    return std::nullopt;
  }

  std::vector<std::string> paths_;
  std::vector<IndexedSample> samples_;
};

}  // namespace

std::shared_ptr<const Corpus> open_shards(const CorpusOptions& options) { return std::make_shared<Shards>(options); }

}  // namespace tvts
