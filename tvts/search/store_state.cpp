#include "tvts/search/store_state.h"

#include <filesystem>
#include <limits>
#include <utility>

#include "tvts/core/mapped_file.h"
#include "tvts/core/whole_file.h"
#include "tvts/json/fields.h"

namespace tvts {
namespace {

template <class Visit>
void for_each_line_of_file(const std::string& path, Visit visit) {
  const auto file = MappedFile::open(path);
  for_each_line({reinterpret_cast<const char*>(file->bytes().data()), file->bytes().size()}, path, visit);
}

// Of two items of one place.
bool is_unchanged(const ItemId& now, const ItemId& before) {
  return now.size == before.size && now.mtime == before.mtime;
}

template <class Visit>
void for_each_failure(const StoreFolder& folder, std::size_t shard, Visit visit) {
  const std::string path = folder.shard_errors(shard);
  if (!std::filesystem::exists(path)) return;
  for_each_line_of_file(path, [&](std::string_view line) { visit(parse_error_line(line), line); });
}

}  // namespace

std::string identity_of(const ItemId& item) {
  return place_of(item) + std::to_string(item.size) + ' ' + std::to_string(item.mtime);
}

Inputs::Inputs(std::vector<ItemId> items, std::function<bool(const ItemId&)> still_there)
    : items_(std::move(items)), still_there_(std::move(still_there)) {
  for (std::size_t i = 0; i < items_.size(); ++i) first_at_.try_emplace(place_of(items_[i]), i);
}

bool Inputs::is_first(std::size_t item) const { return first_at_.at(place_of(items_[item])) == item; }

const ItemId* Inputs::at(const std::string& place) const {
  const auto found = first_at_.find(place);
  return found == first_at_.end() ? nullptr : &items_[found->second];
}

bool Inputs::has_gone(const ItemId& item) const { return !still_there_ || !still_there_(item); }

Mark Inputs::mark_for(const StoredRow& row) const {
  const ItemId* input = at(place_of(row.item));
  if (input != nullptr) return is_unchanged(*input, row.item) ? Mark::kNone : Mark::kReplaced;
  if (row.mark == Mark::kNone && has_gone(row.item)) return Mark::kVanished;
  return row.mark;
}

void add_shard(StoreState& state, const StoreFolder& folder, std::size_t shard, const Inputs& inputs) {
  for_each_line_of_file(folder.metadata(shard), [&](std::string_view line) {
    const StoredRow row = parse_row_line(line);
    const Mark mark = inputs.mark_for(row);
    state.stored.insert(identity_of(row.item));
    state.rows += 1;
    state.replaced += mark == Mark::kReplaced;
    state.vanished += mark == Mark::kVanished;
    if (mark != row.mark) state.shards_to_mark.insert(shard);
  });
  for_each_failure(folder, shard,
                   [&](const ItemId& item, std::string_view) { state.failed[identity_of(item)] = shard; });
}

std::string marked_metadata(const std::string& path, const Inputs& inputs) {
  std::string text;
  for_each_line_of_file(path, [&](std::string_view line) {
    StoredRow row = parse_row_line(line);
    row.mark = inputs.mark_for(row);
    text += row_line(row) + '\n';
  });
  return text;
}

std::string standing_errors(const StoreFolder& folder, const Inputs& inputs, const StoreState& state) {
  std::string text;
  for (const std::size_t shard : folder.finished_shards()) {
    for_each_failure(folder, shard, [&](const ItemId& item, std::string_view line) {
      const std::string identity = identity_of(item);
      const ItemId* input = inputs.at(place_of(item));
      const bool current = input != nullptr ? is_unchanged(*input, item) : !inputs.has_gone(item);
      const bool latest = state.failed.at(identity) == shard;
      if (current && latest && !state.stored.contains(identity)) text += std::string(line) + '\n';
    });
  }
  return text;
}

}  // namespace tvts
