#include "tvts/media/inputs/shard_listing.h"

#include <algorithm>
#include <utility>

#include "tvts/core/error.h"
#include "tvts/core/json/fields.h"
#include "tvts/core/trimmed.h"
#include "tvts/media/inputs/media_names.h"
#include "tvts/media/inputs/shard_samples.h"
#include "tvts/media/inputs/tar_stream.h"

namespace tvts {
namespace {

constexpr std::size_t kMaxTextBytes = std::size_t{1} << 20;       // of a caption or a JSON member
constexpr std::size_t kMaxListingBytes = std::size_t{256} << 20;  // of all names and texts

// A text member: what it says, or why it is not used.
struct Text {
  std::string value, problem;
};

Text caption_of_json(std::string_view text) {
  try {
    return {.value = optional_field<std::string>(parse_json_object(text), "caption").value_or(""), .problem = ""};
  } catch (const Error& error) {
    return {.value = "", .problem = error.what()};
  }
}

bool is_read(std::string_view name) {
  return has_extension(name, ".txt") || has_extension(name, ".cls") ||
         (has_extension(name, ".json") && !has_extension(name, ".whisper.json"));
}

Text read_text(TarStream& tar, std::string_view name) {
  Text text;
  const auto content = tar.read(kMaxTextBytes, text.problem);
  if (!content) return text;
  const std::string_view raw(reinterpret_cast<const char*>(content->data()), content->size());
  return has_extension(name, ".json") ? caption_of_json(raw) : Text{std::string(trimmed(raw, " \t\r\n")), ""};
}

// The members of a shard in their order, by their indices.
class Members {
 public:
  void read_from(const std::string& path) {
    TarStream tar(path);
    std::size_t bytes = 0;
    while (auto name = tar.next()) {
      Text text = is_read(*name) ? read_text(tar, *name) : Text{};
      bytes += name->size() + text.value.size() + sizeof(Text);
      if (bytes > kMaxListingBytes) fail_input("its names and texts are longer than 256 MiB");
      names_.push_back(*std::move(name));
      texts_.push_back(std::move(text));
      offsets_.push_back(tar.header_offset());
    }
  }

  std::vector<ListedSample> samples() const {
    std::vector<ListedSample> listed;
    for (const ShardSample& sample : samples_of(names_)) listed.push_back(listed_sample(sample));
    return listed;
  }

 private:
  ListedSample listed_sample(const ShardSample& sample) const {
    ListedSample listed = {.name = names_[sample.media],
                           .index = sample.media,
                           .header_offset = offsets_[sample.media],
                           .key = sample.key};
    listed.label = take(sample, ShardText::kLabel, listed);
    const std::string json_caption = take(sample, ShardText::kJson, listed);
    listed.caption = take(sample, ShardText::kCaption, listed);
    if (listed.caption.empty()) listed.caption = json_caption;
    for (const std::size_t index : sample.unused) {
      if (is_read(names_[index])) warn(listed, index, "which video it belongs to is not clear");
    }
    return listed;
  }

  std::string take(const ShardSample& sample, ShardText kind, ListedSample& listed) const {
    const auto index = sample.text(kind);
    if (!index) return "";
    if (!texts_[*index].problem.empty()) warn(listed, *index, texts_[*index].problem);
    return texts_[*index].value;
  }

  void warn(ListedSample& listed, std::size_t index, const std::string& reason) const {
    listed.warnings.push_back(concat(base_name(names_[index]), " is not used: ", reason));
  }

  std::vector<std::string> names_;
  std::vector<Text> texts_;
  std::vector<std::optional<std::int64_t>> offsets_;
};

}  // namespace

ShardListing list_shard(const std::string& path) {
  Members members;
  ShardListing listing;
  try {
    members.read_from(path);
  } catch (const Error& error) {
    listing.error = error.what();
  }
  listing.samples = members.samples();
  return listing;
}

}  // namespace tvts
