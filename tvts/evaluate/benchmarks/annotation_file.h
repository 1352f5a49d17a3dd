// An annotation file: its text, its outer shape, and its rows with their line numbers for messages.
#pragma once

#include <functional>
#include <string>

#include "tvts/core/json/parse_json.h"
#include "tvts/media/inputs/csv.h"

namespace tvts {

enum class AnnotationShape { kFolder, kJsonObject, kJsonList, kJsonLines, kTabs, kCommas, kPlain };

struct AnnotationFile {
  std::string path;
  AnnotationShape shape = AnnotationShape::kPlain;
  std::string text;  // empty for a folder; without byte order mark
};

// Throws Error(kInput) when it cannot be read or is empty.
AnnotationFile read_annotation(const std::string& path);

// `where` is "FILE:LINE". They throw Error(kInput) for text that is not in that form.
using TakeRecord = std::function<void(CsvRecord& record, const std::string& where)>;
void for_each_record(const AnnotationFile& file, const CsvDialect& dialect, const TakeRecord& take);
// The rows of a table whose header names these columns, their fields in that order. Every row is as wide as the header.
using Fields = std::vector<std::string>;
void for_each_row(const AnnotationFile& file, char delimiter, const std::vector<std::string>& columns,
                  const std::function<void(const Fields& fields, const std::string& where)>& take);
using TakeJson = std::function<void(const Json& object, const std::string& where)>;
// Lines with more than blanks in them.
using TakeLine = std::function<void(const std::string& line, const std::string& where)>;
void for_each_line(const AnnotationFile& file, const TakeLine& take);
void for_each_json_line(const AnnotationFile& file, const TakeJson& take);
// The objects of a JSON list; `where` is "FILE: entry N", from 1.
void for_each_entry(const AnnotationFile& file, const TakeJson& take);
Json whole_json(const AnnotationFile& file);

// Throws Error(kInput) unless it is there as text or as a whole number.
std::string text_of(const Json& object, const char* field, const std::string& where);

// A whole number without sign. Throws Error(kInput).
std::size_t number_of(const std::string& text, const std::string& what, const std::string& where);

bool is_blank(const std::string& text);

}  // namespace tvts
