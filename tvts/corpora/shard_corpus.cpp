// WebDataset tar shards: the members of a sample follow one another and share the name up to its first dot. The headers
// are read once, when the shards are opened; then each member is read at its place.
#include <array>

#include "tvts/core/error.h"
#include "tvts/corpora/annotation.h"
#include "tvts/corpora/corpus_forms.h"
#include "tvts/corpora/shard_bytes.h"
#include "tvts/corpora/subtitles.h"
#include "tvts/corpora/tar_index.h"
#include "tvts/corpora/whisper.h"
#include "tvts/data/brace_pattern.h"
#include "tvts/data/media_names.h"
#include "tvts/json/fields.h"

namespace tvts {
namespace {

constexpr std::size_t kLongestText = std::size_t{64} << 20;  // bytes of a member with text

enum Part { kVideo, kCaption, kJson, kVtt, kSrt, kWhisper, kParts };

struct Place {
  int64_t offset = 0, size = -1;  // -1: there is none
};

struct ShardSample {
  std::uint32_t shard = 0;
  std::string media;  // the member's name: KEY.mp4
  std::array<Place, kParts> parts;
  bool has(Part part) const { return parts[part].size >= 0; }
};

// The sample that a member belongs to: "dir/KEY.en.vtt" -> "dir/KEY".
std::string_view key_of(std::string_view name) {
  return name.substr(0, name.find('.', name.size() - base_name(name).size()));
}

std::optional<Part> text_part(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, Part>, 5> kEnds = {
      {{".whisper.json", kWhisper}, {".json", kJson}, {".txt", kCaption}, {".vtt", kVtt}, {".srt", kSrt}}};
  for (const auto& [end, part] : kEnds) {
    if (has_extension(name, end)) return part;
  }
  return std::nullopt;
}

// A sample's first video, else its first picture; its first text of each kind.
void add_member(ShardSample& sample, const TarMember& member) {
  const NameKind kind = kind_of_name(member.name);
  if (is_media(kind)) {
    const bool better = kind == NameKind::kVideo && kind_of_name(sample.media) != NameKind::kVideo;
    if (sample.has(kVideo) && !better) return;
    sample.media = member.name;
    sample.parts[kVideo] = {member.offset, member.size};
  } else if (const auto part = text_part(member.name); part && !sample.has(*part)) {
    sample.parts[*part] = {member.offset, member.size};
  }
}

std::string trimmed(const std::string& text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

class Shards : public Corpus {
 public:
  explicit Shards(const CorpusOptions& options) : Corpus(options), paths_(expand_braces(options.list)) {
    for (std::uint32_t shard = 0; shard < paths_.size(); ++shard) add_shard(shard);
  }

  int64_t size() const override { return static_cast<int64_t>(samples_.size()); }
  std::string key(int64_t i) const override { return std::string(key_of(sample(i).media)); }
  VideoSource video(int64_t i) const override {
    const ShardSample& found = sample(i);
    const auto [offset, size] = found.parts[kVideo];
    return {.path = paths_[found.shard], .member = found.media, .offset = offset, .size_bytes = size};
  }
  SampleText text(int64_t i) const override {
    const ShardSample& found = sample(i);
    if (options().segments == 1) {
      if (auto text = caption(found)) return {.caption = std::move(*text)};
    }
    if (auto words = transcript(found)) return {.transcript = std::move(*words)};
    fail_input(where(found), ": found no ", options().segments == 1 ? "caption" : "transcript", " beside it, expected ",
               options().segments == 1 ? "KEY.txt or a \"caption\" in KEY.json"
                                       : "KEY.json with \"subtitles\", KEY.vtt, KEY.srt or KEY.whisper.json");
  }

 private:
  const ShardSample& sample(int64_t i) const { return samples_.at(static_cast<std::size_t>(i)); }
  std::string where(const ShardSample& found) const { return paths_[found.shard] + "/" + found.media; }

  void add_shard(std::uint32_t shard) {
    const auto file = MappedFile::open(paths_[shard]);
    ShardSample sample;
    std::string key;
    const auto end_sample = [&] {
      if (sample.has(kVideo)) samples_.push_back(std::move(sample));
      sample = {.shard = shard};
    };
    end_sample();
    for (const TarMember& member : index_tar(file->bytes(), paths_[shard])) {
      if (base_name(member.name).empty() || base_name(member.name).starts_with('.')) continue;
      if (key != key_of(member.name)) end_sample();
      key = key_of(member.name);
      add_member(sample, member);
    }
    end_sample();
  }

  std::string part_text(const ShardSample& found, Part part) const {
    const auto [offset, size] = found.parts[part];
    const auto bytes = read_shard_bytes(paths_[found.shard], offset, size, kLongestText);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }

  Json json_member(const ShardSample& found) const {
    if (!found.has(kJson)) return Json::object();
    return located([&] { return parse_json_object(part_text(found, kJson)); }, where(found));
  }

  std::optional<std::string> caption(const ShardSample& found) const {
    if (found.has(kCaption)) return trimmed(part_text(found, kCaption));
    return located([&] { return optional_field<std::string>(json_member(found), "caption"); }, where(found));
  }

  std::optional<Transcript> transcript(const ShardSample& found) const {
    if (json_member(found).contains("subtitles")) {
      return aligned_transcript(parse_annotation(part_text(found, kJson), where(found)));
    }
    if (found.has(kVtt) || found.has(kSrt)) {
      return transcript_of(read_subtitles(part_text(found, found.has(kVtt) ? kVtt : kSrt)));
    }
    if (found.has(kWhisper)) return transcript_of(read_whisper(part_text(found, kWhisper), where(found)));
    return std::nullopt;
  }

  std::vector<std::string> paths_;
  std::vector<ShardSample> samples_;
};

}  // namespace

std::shared_ptr<const Corpus> open_shards(const CorpusOptions& options) { return std::make_shared<Shards>(options); }

}  // namespace tvts
