// Lists all inputs of a run before the first is read, so that a store can find the new ones.
#pragma once

#include <string>
#include <vector>

#include "tvts/media/clips/clip_stream.h"
#include "tvts/media/inputs/input_list.h"
#include "tvts/media/inputs/row.h"

namespace tvts {

class ItemList {
 public:
  // standard_input: the lists read from "-". Throws what open_inputs() throws.
  ItemList(const std::vector<std::string>& paths, InputOptions rules, const std::string& standard_input);

  std::vector<ItemId> ids() const;

  // The items of these indices, in rising order, with the contents of archive members read anew.
  // Throws Error(kInput) when an archive has changed since it was listed.
  MediaFeed feed(std::vector<std::size_t> wanted) const;

 private:
  InputOptions rules_;
  std::vector<MediaItem> items_;  // without contents
  InputPlan archives_;            // null where there are none, and nothing is to be read anew
};

ItemId item_id(const MediaItem& item);

}  // namespace tvts
