// Reads the text of lists, tables, subtitles and labels in the encodings that programs save them in.
#pragma once

#include <cstddef>
#include <string>

#include "tvts/core/input_file.h"

namespace tvts {

// Without its byte order mark; UTF-16, which Excel and PowerShell write, as UTF-8; lines that end in CR alone, as those
// of Excel on a Mac, with LF. Other bytes are kept, UTF-8 or not: names of files may be any.
std::string decoded_text(std::string bytes);

// Throws Error(kInput) that begins with `file` when the decoded text holds what no text does, control characters, as
// pictures, videos and archives do. expected: what it should be, "labels, one a line". For files whose lines may be
// anything else; names of files are no such lines.
void require_text(const std::string& text, const std::string& file, const std::string& expected);

// The decoded text of a file or, read to its end, of a pipe. Throws Error(kInput) when it cannot be read, or is longer
// than max_bytes.
std::string read_text_file(const std::string& path, std::size_t max_bytes = kMostTableBytes);

}  // namespace tvts
