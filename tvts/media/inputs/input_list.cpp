#include "tvts/media/inputs/input_list.h"

#include <algorithm>
#include <array>
#include <utility>

#include "tvts/core/error.h"
#include "tvts/media/inputs/input_plan.h"
#include "tvts/media/inputs/media_names.h"
#include "tvts/media/inputs/shard_members.h"
#include "tvts/media/inputs/shard_reader.h"

namespace tvts {
namespace {

constexpr std::array<std::pair<const char*, InputFormat>, 5> kFormats = {{{"auto", InputFormat::kAuto},
                                                                          {"files", InputFormat::kFiles},
                                                                          {"list", InputFormat::kList},
                                                                          {"csv", InputFormat::kCsv},
                                                                          {"webdataset", InputFormat::kWebDataset}}};

// A sample of a shard with the values of the row that names it.
MediaItem as_asked(MediaItem sample, const MediaItem& row) {
  if (!row.key.empty()) sample.key = row.key;
  if (!row.caption.empty()) sample.caption = row.caption;
  if (!row.label.empty()) sample.label = row.label;
  sample.start_seconds = row.start_seconds;
  sample.end_seconds = row.end_seconds;
  return sample;
}

class PlannedSource : public MediaSource {
 public:
  PlannedSource(InputPlan plan, std::size_t max_member_bytes)
      : plan_(std::move(plan)), max_member_bytes_(max_member_bytes), members_(max_member_bytes) {}

  std::optional<MediaItem> next() override {
    for (;;) {
      if (auto item = shard_ ? shard_->next() : std::nullopt) return item;
      shard_.reset();
      if (next_ == plan_->size()) return std::nullopt;
      const PlannedInput& input = (*plan_)[next_++];
      if (input.kind == PlannedInput::Kind::kShard) {
        shard_.emplace(input.item.path, max_member_bytes_);
      } else if (input.kind == PlannedInput::Kind::kShardMember) {
        return as_asked(members_.find(input.shard, input.item.path), input.item);
      } else {
        return input.item;
      }
    }
  }

  std::optional<std::size_t> size_hint() const override {
    const auto is_shard = [](const PlannedInput& input) { return input.kind == PlannedInput::Kind::kShard; };
    return std::ranges::any_of(*plan_, is_shard) ? std::nullopt : std::optional(plan_->size());
  }

 private:
  InputPlan plan_;
  std::size_t next_ = 0;
  std::size_t max_member_bytes_;
  std::optional<ShardReader> shard_;
  ShardMembers members_;
};

[[noreturn]] void fail_nothing_found(const std::vector<std::string>& paths, const InputOptions& options) {
  std::string names;
  for (const std::string& path : paths) names += (names.empty() ? "" : ", ") + path.substr(0, 200);
  const bool shards = options.format == InputFormat::kWebDataset;
  fail_input("found nothing to read in ", names.substr(0, 1000), "; looked for files that end in ",
             shards ? extensions_of(NameKind::kShard)
                    : extensions_of(NameKind::kVideo) + " " + extensions_of(NameKind::kImage),
             options.recursive ? "" : " (not in folders inside folders)",
             shards ? "" : "; folders of tar shards need the input format webdataset");
}

}  // namespace

InputFormat input_format_named(const std::string& name) {
  for (const auto& [known, format] : kFormats) {
    if (name == known) return format;
  }
  fail_usage("found the input format ", name, ", expected auto, files, list, csv or webdataset");
}

InputPlan plan_inputs(const std::vector<std::string>& paths, const InputOptions& options,
                      std::istream& standard_input) {
  auto plan = find_inputs(paths, options, standard_input);
  if (plan.empty()) fail_nothing_found(paths, options);
  return std::make_shared<const std::vector<PlannedInput>>(std::move(plan));
}

std::unique_ptr<MediaSource> open_inputs(InputPlan plan, const InputOptions& options) {
  return std::make_unique<PlannedSource>(std::move(plan), options.max_member_bytes);
}

std::unique_ptr<MediaSource> open_inputs(const std::vector<std::string>& paths, const InputOptions& options,
                                         std::istream& standard_input) {
  return open_inputs(plan_inputs(paths, options, standard_input), options);
}

}  // namespace tvts
