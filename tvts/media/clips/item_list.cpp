#include "tvts/media/clips/item_list.h"

#include <sstream>

#include "tvts/core/error.h"

namespace tvts {
namespace {

// Walks a source a second time, for the contents that were not kept.
class SecondReading {
 public:
  SecondReading(const InputPlan& plan, const InputOptions& rules) : source_(open_inputs(plan, rules)) {}

  MediaItem item(std::size_t index, const MediaItem& listed) {
    std::optional<MediaItem> item;
    for (; next_ <= index; ++next_) item = source_->next();
    if (!item || item->path != listed.path) {
      fail_input("the inputs changed while they were read: expected ", listed.path, ", found ",
                 item ? item->path : "nothing", "; start again");
    }
    if (item->size_bytes != listed.size_bytes || item->modified_ns != listed.modified_ns) {
      fail_input("the inputs changed while they were read: ", listed.path, " is not what it was; start again");
    }
    return std::move(*item);
  }

 private:
  std::unique_ptr<MediaSource> source_;
  std::size_t next_ = 0;
};

}  // namespace

ItemList::ItemList(const std::vector<std::string>& paths, InputOptions rules, const std::string& standard_input)
    : rules_(std::move(rules)) {
  std::istringstream lists(standard_input);
  const InputPlan plan = plan_inputs(paths, rules_, lists);
  const auto source = open_inputs(plan, rules_);
  while (auto item = source->next()) {
    if (item->content != nullptr) archives_ = plan;
    item->content = nullptr;
    items_.push_back(std::move(*item));
  }
}

std::vector<ItemId> ItemList::ids() const {
  std::vector<ItemId> ids;
  for (const MediaItem& item : items_) ids.push_back(item_id(item));
  return ids;
}

MediaFeed ItemList::feed(std::vector<std::size_t> wanted) const {
  std::shared_ptr<SecondReading> archives;
  if (archives_) archives = std::make_shared<SecondReading>(archives_, rules_);
  return [this, wanted = std::move(wanted), archives, next = std::size_t{0}]() mutable -> std::optional<MediaItem> {
    if (next == wanted.size()) return std::nullopt;
    const std::size_t index = wanted[next++];
    return archives ? archives->item(index, items_[index]) : items_[index];
  };
}

ItemId item_id(const MediaItem& item) {
  return {.path = item.path,
          .key = item.key,
          .size = item.size_bytes,
          .mtime = item.modified_ns,
          .start = item.start_seconds,
          .end = item.end_seconds,
          .caption = item.caption,
          .label = item.label};
}

}  // namespace tvts
