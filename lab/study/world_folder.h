// The tests that a small world holds (tvts data world), read from its folder.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tvts {

// A clip of the caption retrieval test.
struct CaptionedClip {
  std::string path;         // of the file
  std::string query, alt;   // its captions in two registers
  std::size_t meaning = 0;  // equal where the same happens in the same order
};

// Two clips of the same frames that differ in the order or the direction of what happens.
struct TwinClips {
  std::string kind;  // "order", "direction"
  std::string path[2], query[2], alt[2];
};

// Clips of one event each, their class its kind.
struct ActionTest {
  std::vector<std::string> classes;
  std::string sentence;             // with {} in place of a class
  std::vector<std::string> paths;   // of the clips
  std::vector<std::size_t> answer;  // [clips], into `classes`
};

struct WorldTests {
  std::vector<CaptionedClip> retrieval;
  std::vector<TwinClips> twins;
  ActionTest actions;                        // the test lists of all action sets
  std::string narrated_list, narrated_root;  // YT-Temporal's form; the list empty: the world has none
};

// Throws Error(kInput) where the folder is no world or a list is not in its form.
WorldTests read_world_tests(const std::string& folder);

}  // namespace tvts
