// All inputs of a run, listed before the first is read: what a store must know to tell what is new.
#pragma once

#include <string>
#include <vector>

#include "tvts/clips/clip_stream.h"
#include "tvts/data/input_list.h"
#include "tvts/search/row.h"

namespace tvts {

class ItemList {
 public:
  // standard_input: the lists read from "-". Throws what open_inputs() throws.
  ItemList(std::vector<std::string> paths, InputOptions rules, std::string standard_input);

  std::vector<ItemId> ids() const;

  // The items of these indices, in rising order, with the contents of archive members read anew.
  // Throws Error(kInput) when an archive has changed since it was listed.
  MediaFeed feed(std::vector<std::size_t> wanted) const;

 private:
  std::vector<std::string> paths_;
  InputOptions rules_;
  std::string standard_input_;
  std::vector<MediaItem> items_;  // without contents
  bool has_archives_ = false;
};

ItemId item_id(const MediaItem& item);

}  // namespace tvts
