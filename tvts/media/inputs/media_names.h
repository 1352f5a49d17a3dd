// The kind of a file by its name. Upper and lower case of the extension are the same.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tvts {

enum class NameKind { kVideo, kImage, kList, kTable, kShard, kOther };

NameKind kind_of_name(std::string_view path);
inline bool is_media(NameKind kind) { return kind == NameKind::kVideo || kind == NameKind::kImage; }

// The position of a video's extension in the list of docs/inputs.md, by which one of several files of a name is chosen;
// of other names the list's length.
std::size_t video_extension_rank(std::string_view path);

// The extensions of a kind for messages and help: ".mp4 .mkv ...".
std::string extensions_of(NameKind kind);

bool has_extension(std::string_view path, std::string_view extension);
std::string_view base_name(std::string_view path);  // after the last '/'
std::string_view file_stem(std::string_view path);  // the base name up to its last dot, if that is not its first byte

}  // namespace tvts
