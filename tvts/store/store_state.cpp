#include "tvts/store/store_state.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "tvts/core/input_file.h"
#include "tvts/core/json/fields.h"
#include "tvts/core/json/json_text.h"
#include "tvts/store/shard_values.h"

namespace tvts {
namespace {

template <class Visit>
void for_each_line_of_file(const std::string& path, Visit visit) {
  for_each_line(read_file(path, kMostTableBytes), path, visit);
}

// Of two items of one location.
bool is_unchanged(const ItemId& now, const ItemId& before) {
  return now.size == before.size && now.mtime == before.mtime;
}

void add_text(std::string& first, std::vector<std::string>& more, const std::string& text) {
  if (text.empty() || text == first || std::ranges::find(more, text) != more.end()) return;
  if (first.empty()) {
    first = text;
  } else {
    more.push_back(text);
  }
}

// Adds the texts of another input of the same location.
void add_texts(ItemId& item, const ItemId& other) {
  add_text(item.caption, item.more_captions, other.caption);
  add_text(item.label, item.more_labels, other.label);
}

// Depends on what the row is of, and not on the mark that it has, unless the location is no input.
Mark mark_for(const StoredRow& row, const ItemId* input, const Inputs& inputs, bool is_second) {
  if (input != nullptr) return is_second || !is_unchanged(*input, row.item) ? Mark::kReplaced : Mark::kNone;
  if (row.mark == Mark::kNone && inputs.has_gone(row.item)) return Mark::kVanished;
  return row.mark == Mark::kNone && is_second ? Mark::kReplaced : row.mark;
}

// A row as it should be: its mark, where its path starts, and the captions and labels that the inputs state.
StoredRow current_row(StoredRow row, const std::string& location, std::size_t shard, const Inputs& inputs,
                      const StoreState& state) {
  const ItemId* input = inputs.at(location);
  const RowOwner& owner = state.stored.at(identity_of(row.item, location));
  row.mark = mark_for(row, input, inputs, owner != RowOwner{shard, row.item.path});
  if (input == nullptr || !is_unchanged(*input, row.item)) return row;
  row.item.folder = file_of(row.item).folder;
  if (!input->caption.empty()) row.item.caption = input->caption, row.item.more_captions = input->more_captions;
  if (!input->label.empty()) row.item.label = input->label, row.item.more_labels = input->more_labels;
  return row;
}

template <class Visit>
void for_each_failure(const StoreFolder& folder, std::size_t shard, Visit visit) {
  const std::string path = folder.shard_errors(shard);
  if (!std::filesystem::exists(path)) return;
  for_each_line_of_file(path, [&](std::string_view line) { visit(parse_error_line(line), line); });
}

}  // namespace

std::string identity_of(const ItemId& item, const std::string& location) {
  return location + std::to_string(item.size) + ' ' + std::to_string(item.mtime);
}

Inputs::Inputs(std::vector<ItemId> items, std::function<bool(const ItemId&)> still_there)
    : items_(std::move(items)), still_there_(std::move(still_there)) {
  for (std::size_t i = 0; i < items_.size(); ++i) {
    items_[i].folder = file_of(items_[i]).folder;
    items_[i].caption = to_utf8(items_[i].caption);  // as rows keep them
    items_[i].label = to_utf8(items_[i].label);
    location_of_.push_back(locations_.of(items_[i]));
    const auto [first, is_new] = first_at_.try_emplace(location_of_[i], i);
    if (!is_new) add_texts(items_[first->second], items_[i]);
  }
}

const ItemId* Inputs::at(const std::string& location) const {
  const auto found = first_at_.find(location);
  return found == first_at_.end() ? nullptr : &items_[found->second];
}

void add_shard(StoreState& state, const StoreFolder& folder, std::size_t shard, std::size_t dim, const Inputs& inputs) {
  std::vector<StoredRow> rows;
  std::vector<ItemId> failures;
  for_each_line_of_file(folder.metadata(shard), [&](std::string_view line) { rows.push_back(parse_row_line(line)); });
  for_each_failure(folder, shard, [&](const ItemId& item, std::string_view) { failures.push_back(item); });
  check_values(folder.embeddings(shard), folder.metadata(shard), rows.size(), dim);
  for (const StoredRow& row : rows) {
    const std::string location = inputs.location_of(row.item);
    state.stored.try_emplace(identity_of(row.item, location), RowOwner{shard, row.item.path});
    const StoredRow current = current_row(row, location, shard, inputs, state);
    state.rows += 1;
    state.replaced += current.mark == Mark::kReplaced;
    state.vanished += current.mark == Mark::kVanished;
    if (current != row) state.shards_to_rewrite.insert(shard);
  }
  for (const ItemId& item : failures) state.failed[identity_of(item, inputs.location_of(item))] = shard;
}

std::string current_metadata(const StoreFolder& folder, std::size_t shard, const Inputs& inputs,
                             const StoreState& state) {
  std::string text;
  for_each_line_of_file(folder.metadata(shard), [&](std::string_view line) {
    const StoredRow row = parse_row_line(line);
    text += row_line(current_row(row, inputs.location_of(row.item), shard, inputs, state)) + '\n';
  });
  return text;
}

std::string standing_errors(const StoreFolder& folder, const Inputs& inputs, const StoreState& state) {
  std::string text;
  for (const std::size_t shard : folder.finished_shards()) {
    for_each_failure(folder, shard, [&](const ItemId& item, std::string_view line) {
      const std::string location = inputs.location_of(item), identity = identity_of(item, location);
      const ItemId* input = inputs.at(location);
      const bool current = input != nullptr ? is_unchanged(*input, item) : !inputs.has_gone(item);
      const bool latest = state.failed.at(identity) == shard;
      if (current && latest && !state.stored.contains(identity)) text += std::string(line) + '\n';
    });
  }
  return text;
}

}  // namespace tvts
