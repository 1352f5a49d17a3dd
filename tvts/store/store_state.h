// The state of a store: the inputs that have rows, the inputs that failed, and the rows whose input was replaced or has
// vanished.
#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tvts/media/inputs/row.h"
#include "tvts/store/item_locations.h"
#include "tvts/store/store_folder.h"

namespace tvts {

// The same for two items of the same location, size and time.
std::string identity_of(const ItemId& item, const std::string& location);

// The list of inputs, by location. Not thread-safe, as ItemLocations.
class Inputs {
 public:
  // still_there as in StoreOptions.
  Inputs(std::vector<ItemId> items, std::function<bool(const ItemId&)> still_there);

  // As given, but that each states its folder, and the first of a location the captions and labels of all.
  const std::vector<ItemId>& items() const { return items_; }
  // False for an item whose location an earlier one has.
  bool is_first(std::size_t item) const { return first_at_.at(location_of_[item]) == item; }
  // identity_of() of items()[item].
  std::string identity(std::size_t item) const { return identity_of(items_[item], location_of_[item]); }
  // Of any item.
  std::string location_of(const ItemId& item) const { return locations_.of(item); }
  // The input at that location, or nullptr.
  const ItemId* at(const std::string& location) const;
  bool has_gone(const ItemId& item) const { return !still_there_ || !still_there_(item); }

 private:
  std::vector<ItemId> items_;
  std::vector<std::string> location_of_;
  std::function<bool(const ItemId&)> still_there_;
  std::unordered_map<std::string, std::size_t> first_at_;
  mutable ItemLocations locations_;
};

// The owner of the rows of an identity: the shard, and the path as spelled there. Any other rows of the identity are
// duplicates (older versions told files apart by the spelling alone).
struct RowOwner {
  std::size_t shard = 0;
  std::string path;
  bool operator==(const RowOwner&) const = default;
};

struct StoreState {
  std::unordered_map<std::string, RowOwner> stored;     // identities with rows
  std::unordered_map<std::string, std::size_t> failed;  // identity -> the last shard that says so
  std::set<std::size_t> shards_to_rewrite;              // whose metadata has a row that is not as it should be
  std::size_t rows = 0;
  std::size_t replaced = 0;  // rows that are, or will be, marked so
  std::size_t vanished = 0;
};

// Adds what one finished shard says. dim: E. Throws Error(kInput) naming file and line when one of its files is damaged
// or missing, and then the state is as before.
void add_shard(StoreState& state, const StoreFolder& folder, std::size_t shard, std::size_t dim, const Inputs& inputs);

// The text of a shard's metadata as it should be: each row with its mark, and with what the inputs state of it. Depends
// on the inputs and on the rows as they were written, so that an interrupted run may be repeated.
std::string current_metadata(const StoreFolder& folder, std::size_t shard, const Inputs& inputs,
                             const StoreState& state);

// The lines of errors.jsonl: the failures that still stand, in the order of the shards.
std::string standing_errors(const StoreFolder& folder, const Inputs& inputs, const StoreState& state);

}  // namespace tvts
