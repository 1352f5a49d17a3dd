// What a store knows of its inputs: which of them have rows, which failed, and which rows no longer stand for anything.
#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "tvts/search/row.h"
#include "tvts/search/store_folder.h"

namespace tvts {

// The same for two items of the same place, size and time.
std::string identity_of(const ItemId& item);

// The list of inputs, by place.
class Inputs {
 public:
  // still_there as in StoreOptions.
  Inputs(std::vector<ItemId> items, std::function<bool(const ItemId&)> still_there);

  const std::vector<ItemId>& items() const { return items_; }
  // False for an item whose place an earlier one has.
  bool is_first(std::size_t item) const;
  // Among the inputs at that place, or nullptr.
  const ItemId* at(const std::string& place) const;
  bool has_gone(const ItemId& item) const;

  // What a stored row should be marked as. Depends on the inputs and the row alone, so that marking twice is marking
  // once: an interrupted run may be repeated.
  Mark mark_for(const StoredRow& row) const;

 private:
  std::vector<ItemId> items_;
  std::function<bool(const ItemId&)> still_there_;
  std::unordered_map<std::string, std::size_t> first_at_;
};

struct StoreState {
  std::unordered_set<std::string> stored;               // identities with rows
  std::unordered_map<std::string, std::size_t> failed;  // identity -> the last shard that says so
  std::set<std::size_t> shards_to_mark;                 // whose metadata has a row with another mark than it should
  std::size_t rows = 0;
  std::size_t replaced = 0;  // rows that are, or will be, marked so
  std::size_t vanished = 0;
};

// Adds what one finished shard says. Throws Error(kInput) naming file and line.
void add_shard(StoreState& state, const StoreFolder& folder, std::size_t shard, const Inputs& inputs);

// A metadata file's text with the marks that its rows should have.
std::string marked_metadata(const std::string& path, const Inputs& inputs);

// The lines of errors.jsonl: the failures that still stand, in the order of the shards.
std::string standing_errors(const StoreFolder& folder, const Inputs& inputs, const StoreState& state);

}  // namespace tvts
