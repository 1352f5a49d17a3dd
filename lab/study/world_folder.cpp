#include "lab/study/world_folder.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <sstream>

#include "tvts/core/error.h"
#include "tvts/core/input_file.h"
#include "tvts/core/json/fields.h"

namespace tvts {
namespace {

// Each line of a file as JSON; what is wrong with it becomes an error that names the line.
void for_each_record(const std::string& path, const std::function<void(const Json&)>& take) {
  std::istringstream lines(read_file(path));
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    try {
      take(located([&] { return parse_json(line); }, path, ":", number));
    } catch (const Json::exception& error) {
      fail_input(path, ":", number, ": found no record as tvts data world writes it (", error.what(),
                 "); make the world again");
    }
  }
}

std::vector<std::string> read_text_lines(const std::string& path) {
  std::istringstream text(read_file(path));
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) lines.push_back(line);
  if (lines.empty()) fail_input(path, " is empty; make the world again");
  return lines;
}

std::string words(const Json& thing) {
  return concat(thing.at("colour").get<std::string>(), " ", thing.at("shape").get<std::string>());
}

// The events of a clip, in order. Which of two things bumps into the other cannot be seen.
std::string meaning_of(const Json& shots) {
  std::string meaning;
  for (const Json& shot : shots) {
    std::string one = words(shot.at("thing")), other = shot.contains("other") ? words(shot.at("other")) : "";
    if (!other.empty() && other < one) std::swap(one, other);
    meaning += concat(shot.at("kind").get<std::string>(), "/", one, "/", other, "/", shot.value("new_colour", ""), ";");
  }
  return meaning;
}

class TruthReader {
 public:
  TruthReader(std::string folder, WorldTests& tests) : folder_(std::move(folder)), tests_(tests) {}

  void take(const Json& record) {
    const auto path = record.at("path").get<std::string>();
    const Json& captions = record.at("captions");
    if (path.starts_with("eval/msrvtt/")) {
      const std::size_t meaning = meanings_.try_emplace(meaning_of(record.at("shots")), meanings_.size()).first->second;
      tests_.retrieval.push_back({.path = folder_ + "/" + path,
                                  .query = captions.at("query").get<std::string>(),
                                  .alt = captions.at("alt").get<std::string>(),
                                  .meaning = meaning});
    } else if (captions.contains("class")) {
      tests_.actions.paths.push_back(folder_ + "/" + path);
      tests_.actions.answer.push_back(class_number(captions.at("class").get<std::string>()));
    }
  }

 private:
  std::size_t class_number(const std::string& name) const {
    const auto& classes = tests_.actions.classes;
    const auto found = std::ranges::find(classes, name);
    if (found == classes.end()) {
      fail_input(folder_, "/truth/test.jsonl: found the class '", name, "', expected one of eval/k400/classes.txt");
    }
    return static_cast<std::size_t>(found - classes.begin());
  }

  const std::string folder_;
  WorldTests& tests_;
  std::map<std::string, std::size_t> meanings_;
};

TwinClips twins_of(const Json& record, const std::string& folder) {
  TwinClips twins = {.kind = record.at("kind").get<std::string>()};
  const char* const sides[] = {"a", "b"};
  for (std::size_t i = 0; i < 2; ++i) {
    twins.path[i] = concat(folder, "/twins/", record.at(sides[i]).get<std::string>());
    twins.query[i] = record.at(concat("caption_", sides[i])).get<std::string>();
    twins.alt[i] = record.at(concat("alt_", sides[i])).get<std::string>();
  }
  return twins;
}

}  // namespace

WorldTests read_world_tests(const std::string& folder) {
  if (!std::filesystem::exists(folder + "/world.json")) {
    fail_input(folder, " holds no whole small world (world.json is not there); make one with tvts data world --output ",
               folder);
  }
  WorldTests tests;
  tests.actions.classes = read_text_lines(folder + "/eval/k400/classes.txt");
  tests.actions.sentence = read_text_lines(folder + "/eval/k400/template.txt").front();
  TruthReader truth(folder, tests);
  for_each_record(folder + "/truth/test.jsonl", [&](const Json& record) { truth.take(record); });
  for_each_record(folder + "/twins/twins.jsonl",
                  [&](const Json& record) { tests.twins.push_back(twins_of(record, folder)); });
  const std::string narrated_list = folder + "/narrated/test.tsv";
  if (read_text_lines(narrated_list).size() > 1) tests.narrated_list = narrated_list;  // more than the header
  tests.narrated_root = folder + "/narrated/videos";
  return tests;
}

}  // namespace tvts
