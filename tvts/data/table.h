// Rows of csv, tsv and jsonl text as items that are not yet looked up on the disk.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tvts/data/input_list.h"

namespace tvts {

// The name's extension tells the form: .tsv by tabs, .jsonl one object a line, any other by commas. The first two have
// a header. A row that cannot be used is an item with an error that begins with file and line.
// Throws Error(kInput) on text that has no header with the columns asked for, or whose quotes do not close.
std::vector<MediaItem> read_table(std::string_view text, const std::string& name, const InputOptions& options);

}  // namespace tvts
