// The inputs that the paths of a command stand for, resolved before the first item is read.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "tvts/media/inputs/input_list.h"

namespace tvts {

struct PlannedInput {
  enum class Kind { kFile, kShard, kShardMember };
  Kind kind = Kind::kFile;
  MediaItem item;     // of a shard: its path alone
  std::string shard;  // of a shard's member
};

// The rules of plan_inputs(), and what it throws. Perhaps nothing.
std::vector<PlannedInput> find_inputs(const std::vector<std::string>& paths, const InputOptions& options,
                                      std::istream& standard_input);

}  // namespace tvts
