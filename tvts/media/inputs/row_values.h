// Checks the numbers of a stored line. Files from outside are hostile: a time that is negative or a count that no video
// has is refused where it is read, and not counted, sorted or divided by later.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tvts/core/json/fields.h"
#include "tvts/media/inputs/row.h"

namespace tvts {

// Optional fields. Throw Error(kInput) naming the field and what was found.
// Finite, 0 or more.
std::optional<double> seconds_field(const Json& object, const char* name);
// And no later than a frame can be.
std::optional<double> video_seconds_field(const Json& object, const char* name);
// 0 or more, and no more than could be counted.
std::optional<int64_t> count_field(const Json& object, const char* name);
// -1 (not known) or more.
std::optional<int64_t> size_field(const Json& object, const char* name);
// Each as late as the one before, or later.
std::vector<double> frame_times_field(const Json& object, const char* name);

// Checks that the values, which were read one by one, do not contradict each other. Throws Error(kInput).
void check_row(const StoredRow& row);

}  // namespace tvts
