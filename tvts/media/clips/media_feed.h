// A feed of inputs, one after another.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "tvts/media/inputs/media_item.h"

namespace tvts {

// The next input, nothing at the end. Called from one thread at a time.
using MediaFeed = std::function<std::optional<MediaItem>()>;

inline MediaFeed feed_of(std::vector<MediaItem> items) {
  return [items = std::move(items), next = std::size_t{0}]() mutable -> std::optional<MediaItem> {
    return next < items.size() ? std::optional(std::move(items[next++])) : std::nullopt;
  };
}

}  // namespace tvts
