// The name that annotations give a video, and the forms in which people's files have it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tvts {

struct VideoName {
  VideoName(std::string path_in_annotations) : path(std::move(path_in_annotations)) {}
  VideoName(std::string file, std::string in_folder, std::string of_id)
      : path(std::move(file)), class_folder(std::move(in_folder)), id(std::move(of_id)) {}

  std::string path;          // as it stands there: "CLASS/NAME.avi", "video7010"
  std::string class_folder;  // in which the file may lie as well; empty: none is known
  std::string id;            // of a part of a longer video: files of this id with other times are second best
};

// The name without the extension of a video or picture. Other dots belong to the name.
std::string_view stem_of_name(std::string_view name);

// A class folder's name as torchvision's and mmaction2's scripts write it, and as all of them are compared: blanks are
// _, and ' " ( ) are gone.
std::string plain_folder(std::string_view name);

// "ID_000010_000020", "ID_10_20", "ID-10.0-20.0". Nothing: a name without times.
struct TimedStem {
  std::string id;
  double begin = 0, end = 0;  // seconds
};
std::optional<TimedStem> timed_stem(std::string_view stem);

}  // namespace tvts
