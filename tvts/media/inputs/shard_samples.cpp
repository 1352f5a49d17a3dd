#include "tvts/media/inputs/shard_samples.h"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>

#include "tvts/media/inputs/media_names.h"

namespace tvts {
namespace {

constexpr std::array<std::pair<std::string_view, ShardText>, kShardTexts> kTextEnds = {
    {{".txt", ShardText::kCaption},
     {".cls", ShardText::kLabel},
     {".whisper.json", ShardText::kWhisper},
     {".json", ShardText::kJson},
     {".vtt", ShardText::kVtt},
     {".srt", ShardText::kSrt}}};

// "dir/KEY.en.txt" -> "dir/KEY"
std::string_view shared_key(std::string_view name) {
  return name.substr(0, name.find('.', name.size() - base_name(name).size()));
}

// "v1.5_a.mp4" -> "v1.5_a."; what the names of its texts begin with.
std::string_view stem_with_dot(std::string_view name) { return name.substr(0, name.rfind('.') + 1); }

std::optional<std::pair<std::string_view, ShardText>> text_end(std::string_view name) {
  for (const auto& end : kTextEnds) {
    if (has_extension(name, end.first)) return end;
  }
  return std::nullopt;
}

// "en", "pt-BR"
bool is_language(std::string_view tag) {
  const std::string_view first = tag.substr(0, tag.find('-'));
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-'; };
  return (first.size() == 2 || first.size() == 3) && std::ranges::all_of(tag, is_letter);
}

// "a.en.vtt" -> "a.", "a.whisper.json" -> "a.": what the name of the one video beside it may begin with.
std::string_view text_stem_with_dot(std::string_view name, std::string_view end) {
  std::string_view stem = name.substr(0, name.size() - end.size());
  const std::string_view tag = stem.substr(stem.rfind('.') + 1);
  const bool is_subtitles = end == ".vtt" || end == ".srt";
  if (is_subtitles && tag.size() < stem.size() && is_language(tag)) stem.remove_suffix(tag.size() + 1);
  return name.substr(0, stem.size() + 1);
}

struct Member {
  std::string_view name;
  std::size_t index;
};

// Finds the longest of some beginnings that a name has, for names in the order of their bytes: one pass over both,
// since in that order the beginnings of a name come before it, the shorter ones first.
class LongestBeginnings {
 public:
  explicit LongestBeginnings(std::vector<std::string_view> beginnings) : beginnings_(std::move(beginnings)) {
    std::ranges::sort(beginnings_);
  }

  // Empty: it has none of them.
  std::string_view of(std::string_view name) {
    while (next_ < beginnings_.size() && beginnings_[next_] <= name) {
      drop_those_not_in(beginnings_[next_]);
      open_.push_back(beginnings_[next_++]);
    }
    drop_those_not_in(name);
    return open_.empty() ? "" : open_.back();
  }

 private:
  void drop_those_not_in(std::string_view name) {
    while (!open_.empty() && !name.starts_with(open_.back())) open_.pop_back();
  }

  std::vector<std::string_view> beginnings_, open_;
  std::size_t next_ = 0;
};

std::vector<std::string_view> stems_of(const std::vector<Member>& media) {
  std::vector<std::string_view> stems;
  for (const Member& member : media) stems.push_back(stem_with_dot(member.name));
  return stems;
}

// The members of one key.
class Group {
 public:
  void add(std::string_view name, std::size_t index) {
    const NameKind kind = kind_of_name(name);
    if (kind == NameKind::kVideo) videos_.push_back({name, index});
    if (kind == NameKind::kImage) images_.push_back({name, index});
    if (text_end(name)) texts_.push_back({name, index});
  }

  bool has_media() const { return !videos_.empty() || !images_.empty(); }

  // Those of a group of the same key that has no media; whether they belong here is clear where no other group may
  // have them.
  void add_texts_of(const Group& apart, bool is_clear) {
    std::vector<Member>& texts = is_clear ? texts_ : unclear_texts_;
    texts.insert(texts.end(), apart.texts_.begin(), apart.texts_.end());
  }

  void take_samples(std::vector<ShardSample>& samples) {
    std::vector<Member> media = std::move(videos_);
    add_images_of_their_own(media);
    std::ranges::sort(media, {}, &Member::index);
    std::ranges::stable_sort(texts_, {}, &Member::name);
    const std::size_t first = samples.size();
    for (const Member& member : media) {
      const std::string_view stem = stem_with_dot(member.name);
      const std::string_view key = media.size() == 1 ? shared_key(member.name) : stem.substr(0, stem.size() - 1);
      samples.push_back({.key = std::string(key), .media = member.index, .texts = {}, .unused = {}});
    }
    if (media.empty()) return;
    give_texts(media, std::span(samples).subspan(first));
    for (const Member& text : unclear_texts_) samples[first].unused.push_back(text.index);
  }

 private:
  // An image that is named as a video shows that video.
  void add_images_of_their_own(std::vector<Member>& media) {
    std::vector<std::string_view> names;
    for (const Member& video : media) names.push_back(video.name);
    std::ranges::sort(names);
    std::ranges::stable_sort(images_, {}, &Member::name);
    LongestBeginnings stems(stems_of(media));
    for (const Member& image : images_) {
      const bool begins_as_video = !stems.of(image.name).empty();
      const auto after = std::ranges::lower_bound(names, stem_with_dot(image.name));
      const bool begins_a_video = after != names.end() && after->starts_with(stem_with_dot(image.name));
      if (!begins_as_video && !begins_a_video) media.push_back(image);
    }
  }

  void give_texts(const std::vector<Member>& media, std::span<ShardSample> samples) const {
    std::multimap<std::string_view, std::size_t> samples_of_stem;
    for (std::size_t i = 0; i < media.size(); ++i) samples_of_stem.emplace(stem_with_dot(media[i].name), i);
    std::vector<std::array<std::string_view, kShardTexts>> taken(media.size());
    LongestBeginnings stems(stems_of(media));
    for (const Member& text : texts_) {
      const auto [end, kind] = *text_end(text.name);
      std::string_view stem = stems.of(text.name);
      if (kind == ShardText::kJson && !stem.empty() && text.name.size() != stem.size() + end.size() - 1) continue;
      if (stem.empty() && media.size() == 1 && media[0].name.starts_with(text_stem_with_dot(text.name, end))) {
        stem = stem_with_dot(media[0].name);
      }
      if (stem.empty()) samples[0].unused.push_back(text.index);
      const auto [begin, last] = samples_of_stem.equal_range(stem);
      for (auto found = begin; found != last; ++found) {
        std::string_view& name = taken[found->second][static_cast<std::size_t>(kind)];
        if (!name.empty() && name.size() <= text.name.size()) continue;  // KEY.txt before KEY.en.txt
        name = text.name;
        samples[found->second].texts[static_cast<std::size_t>(kind)] = text.index;
      }
    }
  }

  std::vector<Member> videos_, images_, texts_, unclear_texts_;
};

}  // namespace

std::string_view member_name(std::string_view raw) {
  std::size_t begin = 0;
  while (raw.substr(begin, 2) == "./") begin += 2;
  return raw.substr(begin);
}

std::vector<ShardSample> samples_of(std::span<const std::string> names) {
  std::vector<Group> groups;
  std::vector<std::string_view> keys;
  for (std::size_t index = 0; index < names.size(); ++index) {
    const std::string_view name = names[index];
    if (base_name(name).empty() || base_name(name).starts_with('.')) continue;
    if (keys.empty() || keys.back() != shared_key(name)) {
      keys.push_back(shared_key(name));
      groups.emplace_back();
    }
    groups.back().add(name, index);
  }
  std::unordered_map<std::string_view, std::vector<std::size_t>> with_media;  // groups by their key
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i].has_media()) with_media[keys[i]].push_back(i);
  }
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const auto found = groups[i].has_media() ? with_media.end() : with_media.find(keys[i]);
    if (found == with_media.end()) continue;
    groups[found->second.front()].add_texts_of(groups[i], found->second.size() == 1);
  }
  std::vector<ShardSample> samples;
  for (Group& group : groups) group.take_samples(samples);
  return samples;
}

}  // namespace tvts
