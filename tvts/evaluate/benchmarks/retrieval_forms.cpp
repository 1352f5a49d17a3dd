// The forms of MSR-VTT, DiDeMo, LSMDC and WebVid.
#include <algorithm>
#include <map>
#include <set>

#include "tvts/core/error.h"
#include "tvts/evaluate/benchmarks/caption_index.h"
#include "tvts/evaluate/benchmarks/forms.h"
#include "tvts/evaluate/benchmarks/item_builders.h"
#include "tvts/media/inputs/media_names.h"

namespace tvts {
namespace {

using Repeats = CaptionBuilder::Repeats;

constexpr CsvDialect kTabsWithoutQuotes = {.delimiter = '\t', .quotes = CsvDialect::Quotes::kNone};

// The rows of a list that has no header by rights: a first one that is_header() takes for one is left out.
void for_each_data_row(const FormInput& input, std::size_t fields,
                       const std::function<bool(const CsvRecord&)>& is_header, const TakeRecord& take) {
  bool is_first = true;
  for_each_record(input.annotation, kTabsWithoutQuotes, [&](CsvRecord& record, const std::string& where) {
    const bool skip = is_first && (input.options.first_row == FirstRow::kHeader ||
                                   (input.options.first_row == FirstRow::kAuto && is_header(record)));
    is_first = false;
    if (skip) return;
    if (record.fields.size() != fields) {
      fail_input(where, ": found ", record.fields.size(), " columns between tabs, expected ", fields);
    }
    take(record, where);
  });
}

// A caption, or the sentences of a paragraph.
std::vector<std::string> captions_of(const Json& value, const std::string& where) {
  const auto fail_kind = [&] { fail_input(where, ": found no caption, expected a text or a list of texts"); };
  std::vector<std::string> captions;
  if (value.is_string()) captions.push_back(value.get<std::string>());
  if (value.is_array()) {
    for (const Json& one : value) {
      if (!one.is_string()) fail_kind();
      captions.push_back(one.get<std::string>());
    }
  }
  if (captions.empty()) fail_kind();
  return captions;
}

std::string joined(const std::vector<std::string>& sentences) {
  std::string paragraph;
  for (const std::string& sentence : sentences) paragraph += (paragraph.empty() ? "" : " ") + sentence;
  return paragraph;
}

enum class Lists { kAreCaptions, kAreSentences };

// [{"video", "caption"}], as UMT and VindLU write it: a caption may be a list.
AnnotationForm video_caption_json(std::vector<std::string> patterns, Lists lists) {
  const auto read = [lists](const FormInput& input, Benchmark& benchmark) {
    CaptionBuilder builder(benchmark, input.videos, Repeats::kAreCaptions);
    std::set<std::string> seen;
    for_each_entry(input.annotation, [&](const Json& entry, const std::string& where) {
      const std::string video = text_of(entry, "video", where);
      if (!seen.insert(video).second) fail_input(where, ": found ", video, " again; expected each video once");
      std::vector<std::string> captions = captions_of(entry.value("caption", Json()), where);
      if (lists == Lists::kAreSentences) captions = {joined(captions)};
      for (const std::string& caption : captions) builder.add(where, video, caption);
    });
  };
  return {"video-caption-json", {AnnotationShape::kJsonList}, "\"caption\"", std::move(patterns), read};
}

// Throws where --captions all is given for a list that has no more captions than the protocol takes.
void check_all_captions(const FormInput& input, const Benchmark& benchmark) {
  if (!input.options.all_captions || benchmark.texts.size() > benchmark.videos.size()) return;
  fail_input(input.annotation.path, ": found one caption a video, expected all of them; ",
             "name a list that has them (MSR_VTT.json) with --annotations");
}

void read_jsfusion_csv(const FormInput& input, Benchmark& benchmark) {
  const auto repeats = input.options.all_captions ? Repeats::kAreCaptions : Repeats::kAreErrors;
  CaptionBuilder builder(benchmark, input.videos, repeats);
  for_each_row(input.annotation, ',', {"video_id", "sentence"},
               [&](const Fields& fields, const std::string& where) { builder.add(where, fields[0], fields[1]); });
  check_all_captions(input, benchmark);
}

// Every video's captions in the order of the file.
std::map<std::string, std::vector<std::string>> captions_by_video(const AnnotationFile& file) {
  const Json content = whole_json(file);
  const auto annotations = content.find("annotations");
  if (annotations == content.end() || !annotations->is_array())
    fail_input(file.path, ": found no list \"annotations\"");
  std::map<std::string, std::vector<std::string>> captions;
  std::size_t number = 0;
  for (const Json& one : *annotations) {
    const std::string where = concat(file.path, ": annotation ", ++number);
    if (!one.is_object()) fail_input(where, ": found no object");
    captions[text_of(one, "image_id", where)].push_back(text_of(one, "caption", where));
  }
  return captions;
}

// The caption of the 1k-A protocol.
std::string chosen_caption(const std::vector<std::string>& captions, const std::string& video, const std::string& where,
                           const std::string& index_path, const std::map<std::string, std::size_t>& index) {
  if (captions.size() == 1) return captions.front();
  if (index_path.empty()) {
    fail_input(where, ": found ", captions.size(), " captions of ", video,
               " and no jsfusion_val_caption_idx.pkl (or .json) that says which one the protocol takes; put it beside "
               "the list, or ask for all captions");
  }
  const auto found = index.find(video);
  if (found == index.end() || found->second >= captions.size()) {
    fail_input(index_path, ": found no caption number of ", video, " below ", captions.size());
  }
  return captions[found->second];
}

void read_msrvtt_json(const FormInput& input, Benchmark& benchmark) {
  const std::string list = find_beside(input.folders, {"val_list_jsfusion.txt"});
  if (list.empty()) {
    fail_input(input.annotation.path, ": found no val_list_jsfusion.txt near it, which names the 1k-A test videos");
  }
  const std::string index_path =
      find_beside(input.folders, {"jsfusion_val_caption_idx.pkl", "jsfusion_val_caption_idx.json"});
  const bool all = input.options.all_captions;
  const auto index = all || index_path.empty() ? std::map<std::string, std::size_t>() : read_caption_index(index_path);
  benchmark.files.push_back(list);
  if (!index.empty()) benchmark.files.push_back(index_path);
  const auto captions = captions_by_video(input.annotation);
  CaptionBuilder builder(benchmark, input.videos, all ? Repeats::kAreCaptions : Repeats::kAreErrors);
  std::set<std::string> seen;
  for_each_record(read_annotation(list), kTabsWithoutQuotes, [&](const CsvRecord& record, const std::string& where) {
    const std::string& video = record.fields.front();
    const auto found = captions.find(video);
    if (found == captions.end())
      fail_input(where, ": found ", video, ", which has no caption in ", input.annotation.path);
    if (!seen.insert(video).second) fail_input(where, ": found ", video, " again; expected each video once");
    if (!all) return builder.add(where, video, chosen_caption(found->second, video, where, index_path, index));
    for (const std::string& caption : found->second) builder.add(where, video, caption);
  });
}

// {"video7010.mp4": ["caption", ...]}, as mmaction2 writes it.
void read_captions_json(const FormInput& input, Benchmark& benchmark) {
  CaptionBuilder builder(benchmark, input.videos, Repeats::kAreCaptions);
  const Json content = whole_json(input.annotation);
  if (!content.is_object())
    fail_input(input.annotation.path, ": found no JSON object, expected {\"VIDEO\": [captions]}");
  std::map<std::string, const Json*> in_order_of_names;
  for (const auto& [video, captions] : content.items()) in_order_of_names[video] = &captions;
  for (const auto& [video, captions] : in_order_of_names) {
    const std::string where = concat(input.annotation.path, ": ", video);
    for (const std::string& caption : captions_of(*captions, where)) builder.add(where, video, caption);
  }
}

void read_caption_path_tsv(const FormInput& input, Benchmark& benchmark) {
  CaptionBuilder builder(benchmark, input.videos, Repeats::kAreErrors);
  const auto is_header = [](const CsvRecord& record) {
    return record.fields.size() > 1 && kind_of_name(record.fields[1]) != NameKind::kVideo;
  };
  for_each_data_row(input, 2, is_header, [&](const CsvRecord& record, const std::string& where) {
    builder.add(where, record.fields[1], record.fields[0]);
  });
}

// The names that test_list.txt holds, without folder and extension; nothing where there is no such list.
std::set<std::string> listed_videos(const FormInput& input, Benchmark& benchmark) {
  std::set<std::string> names;
  const std::string list = find_beside(input.folders, {"test_list.txt"});
  if (list.empty()) return names;
  benchmark.files.push_back(list);
  for_each_record(read_annotation(list), kTabsWithoutQuotes, [&](const CsvRecord& record, const std::string&) {
    names.emplace(file_stem(record.fields.front()));
  });
  return names;
}

// [{"description", "times", "video"}]: all sentences on a video become its paragraph.
void read_didemo_json(const FormInput& input, Benchmark& benchmark) {
  const std::set<std::string> listed = listed_videos(input, benchmark);
  std::vector<std::string> order;
  std::map<std::string, std::vector<std::string>> sentences;
  for_each_entry(input.annotation, [&](const Json& entry, const std::string& where) {
    const std::string video = text_of(entry, "video", where), sentence = text_of(entry, "description", where);
    if (is_blank(sentence)) fail_input(where, ": found an empty description of ", video, ", expected a text");
    if (!listed.empty() && !listed.contains(std::string(file_stem(video)))) return;
    if (sentences[video].empty()) order.push_back(video);
    sentences[video].push_back(sentence);
  });
  CaptionBuilder builder(benchmark, input.videos, Repeats::kAreErrors);
  for (const std::string& video : order) builder.add(input.annotation.path, video, joined(sentences[video]));
}

// MOVIE/MOVIE_00.01.02.300-00.01.05.000.avi
std::string lsmdc_file(const std::string& name) {
  const std::size_t movie_end = name.rfind('_');
  return (movie_end == std::string::npos ? "" : name.substr(0, movie_end) + "/") + name + ".avi";
}

void read_lsmdc(const FormInput& input, Benchmark& benchmark) {
  CaptionBuilder builder(benchmark, input.videos, Repeats::kAreErrors);
  // Every clip's name has its times in it.
  const auto is_header = [](const CsvRecord& record) {
    return record.fields.front().find_first_of("0123456789") == std::string::npos;
  };
  for_each_data_row(input, 6, is_header, [&](const CsvRecord& record, const std::string& where) {
    builder.add(where, lsmdc_file(record.fields.front()), record.fields.back());
  });
}

void read_webvid_csv(const FormInput& input, Benchmark& benchmark) {
  CaptionBuilder builder(benchmark, input.videos, Repeats::kAreErrors);
  for_each_row(input.annotation, ',', {"page_dir", "videoid", "name"},
               [&](const Fields& fields, const std::string& where) {
                 builder.add(where, concat(fields[0], "/", fields[1], ".mp4"), fields[2]);
               });
}

void read_webvid_tsv(const FormInput& input, Benchmark& benchmark) {
  CaptionBuilder builder(benchmark, input.videos, Repeats::kAreErrors);
  const auto is_header = [](const CsvRecord& record) {
    return record.fields.size() > 1 && record.fields[1].find('/') == std::string::npos;
  };
  for_each_data_row(input, 2, is_header, [&](const CsvRecord& record, const std::string& where) {
    builder.add(where, record.fields[1] + ".mp4", record.fields[0]);
  });
}

}  // namespace

std::vector<AnnotationForm> msrvtt_forms() {
  return {{"jsfusion-csv", {AnnotationShape::kCommas}, "video_id", {"MSRVTT_JSFUSION_test.csv"}, read_jsfusion_csv},
          {"msrvtt-json", {AnnotationShape::kJsonObject}, "\"annotations\"", {"MSR_VTT.json"}, read_msrvtt_json},
          {"captions-json", {AnnotationShape::kJsonObject}, "", {"test_JSFUSION.json"}, read_captions_json},
          video_caption_json({"msrvtt_ret_test1k.json", "msrvtt*test*.json"}, Lists::kAreCaptions)};
}

std::vector<AnnotationForm> didemo_forms() {
  return {{"caption-path-tsv", {AnnotationShape::kTabs}, "", {"DiDeMo_test.tsv", "*test*.tsv"}, read_caption_path_tsv},
          {"didemo-json", {AnnotationShape::kJsonList}, "\"description\"", {"test_data.json"}, read_didemo_json},
          video_caption_json({"didemo_ret_test.json", "didemo*test*.json"}, Lists::kAreSentences)};
}

std::vector<AnnotationForm> lsmdc_forms() {
  const std::vector<std::string> patterns = {"LSMDC16_challenge_1000_publictect.csv", "LSMDC16_test.csv", "LSMDC*.csv",
                                             "LSMDC*.tsv"};
  return {{"lsmdc-tsv", {AnnotationShape::kTabs}, "", patterns, read_lsmdc},
          video_caption_json({"lsmdc_ret_test_1000.json", "lsmdc*test*.json"}, Lists::kAreCaptions)};
}

std::vector<AnnotationForm> webvid_forms() {
  return {{"webvid-csv", {AnnotationShape::kCommas}, "videoid", {"results_2M_val.csv", "*val*.csv"}, read_webvid_csv},
          {"webvid-tsv", {AnnotationShape::kTabs}, "", {"*val*.tsv", "*test*.tsv"}, read_webvid_tsv}};
}

}  // namespace tvts
