// Finds files whose names are spelled differently on the disk and in a list or table.
#pragma once

#include <string>
#include <vector>

namespace tvts {

// The file that exists under other spellings of a path: slashes for the backslashes of Windows, no blanks around it,
// its letters composed or decomposed (Unicode's forms C and D, as Linux and macOS write them), folder by folder. For a
// path under which nothing is there; one found is the file that was meant, several are in doubt.
std::vector<std::string> other_spellings(const std::string& path);

// The path itself if something is there, else the one other spelling under which something is, else the path.
std::string as_spelled(const std::string& path);

// Why there is nothing at the path, after the system's words: backslashes, several spellings, another encoding of the
// list. Empty where nothing is known.
std::string likely_cause_of_absence(const std::string& path);

}  // namespace tvts
