// Resolves the paths of a command to inputs: files, folders, lists, tables, tar shards. The rules are in
// docs/inputs.md.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tvts/media/inputs/media_item.h"

namespace tvts {

enum class InputFormat { kAuto, kFiles, kList, kCsv, kWebDataset };

// auto, files, list, csv, webdataset. Throws Error(kUsage) on another name.
InputFormat input_format_named(const std::string& name);

struct InputOptions {
  InputFormat format = InputFormat::kAuto;
  // Columns of tables. A caption, label, start or end column that is not there matters only if another name than the
  // default was requested.
  std::string path_column = "path";
  std::string caption_column = "caption";
  std::string label_column = "label";
  std::string start_column = "start";
  std::string end_column = "end";
  bool recursive = true;                                // folders inside folders
  std::size_t max_member_bytes = std::size_t{1} << 30;  // a longer member of a shard is not read
};

// The items one after another, in the order given. Not thread-safe. Nothing here throws for one bad item: it is given
// with its `error` set.
class MediaSource {
 public:
  virtual ~MediaSource() = default;
  virtual std::optional<MediaItem> next() = 0;
  // Number of all items; unknown where shards are among them.
  virtual std::optional<std::size_t> size_hint() const = 0;
};

// The items that paths stand for. May be opened more than once.
struct PlannedInput;
using InputPlan = std::shared_ptr<const std::vector<PlannedInput>>;

// Lists, tables and folders are read here, once: also what can be read but once, as pipes are.
// `-` reads a list (or, with format kCsv, a table) from standard_input, which is not used after the call.
// Throws Error(kInput) when a list or table cannot be read, or when nothing at all is found; Error(kUsage) when the
// format does not fit the paths.
InputPlan plan_inputs(const std::vector<std::string>& paths, const InputOptions& options, std::istream& standard_input);

// Shards are read as next() goes, one sample in memory at a time.
std::unique_ptr<MediaSource> open_inputs(InputPlan plan, const InputOptions& options);
std::unique_ptr<MediaSource> open_inputs(const std::vector<std::string>& paths, const InputOptions& options,
                                         std::istream& standard_input);

}  // namespace tvts
