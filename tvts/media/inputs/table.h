// Rows of csv, tsv and jsonl text as items that are not yet looked up on the disk.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tvts/media/inputs/input_list.h"

namespace tvts {

// The name's extension decides the form: .jsonl one object a line, any other as TableRows reads it. text: decoded
// (tvts/media/inputs/file_text.h). A row that cannot be used is an item with an error and FILE:LINE for its path, so
// that it takes the place of no video. Throws Error(kInput) on text that has no header with the columns requested.
std::vector<MediaItem> read_table(std::string_view text, const std::string& name, const InputOptions& options);

}  // namespace tvts
