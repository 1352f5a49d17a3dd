#include "tvts/media/inputs/input_plan.h"

#include <algorithm>
#include <istream>

#include "tvts/core/error.h"
#include "tvts/media/inputs/brace_pattern.h"
#include "tvts/media/inputs/file_text.h"
#include "tvts/media/inputs/folder_walk.h"
#include "tvts/media/inputs/media_names.h"
#include "tvts/media/inputs/shard_members.h"
#include "tvts/media/inputs/spelled_path.h"
#include "tvts/media/inputs/table.h"

namespace tvts {
namespace {

constexpr std::size_t kMaxStandardInputBytes = std::size_t{1} << 30;

std::string read_all(std::istream& input) {
  std::string text;
  std::string part(1 << 16, '\0');
  while (input.read(part.data(), static_cast<std::streamsize>(part.size())) || input.gcount() > 0) {
    text.append(part, 0, static_cast<std::size_t>(input.gcount()));
    if (text.size() > kMaxStandardInputBytes) fail_input("the list on standard input is longer than 1 GiB");
  }
  return text;
}

// The table of "FILE:LINE", by which a row that could not be read is named in a list of failures.
std::optional<std::string> table_of_row(const std::string& path) {
  const std::size_t colon = path.rfind(':');
  if (colon == std::string::npos || colon + 1 == path.size()) return std::nullopt;
  const bool is_line = path.find_first_not_of("0123456789", colon + 1) == std::string::npos;
  std::string table = path.substr(0, colon);
  return is_line && kind_of_name(table) == NameKind::kTable ? std::optional(std::move(table)) : std::nullopt;
}

std::string folder_of(const std::string& path) { return path.substr(0, path.size() - base_name(path).size()); }

class Planner {
 public:
  Planner(const InputOptions& options, std::istream& standard_input)
      : options_(options),
        standard_input_(standard_input),
        walk_(options.recursive, options.format == InputFormat::kWebDataset
                                     ? [](NameKind kind) { return kind == NameKind::kShard; }
                                     : is_media) {}

  void add_argument(const std::string& path) {
    if (path != "-") return add_row(row_of(path), "", false);
    if (std::exchange(used_standard_input_, true)) fail_usage("- is given twice: standard input can be read once");
    const NameKind kind = options_.format == InputFormat::kCsv ? NameKind::kTable : NameKind::kList;
    add_text(kind, decoded_text(read_all(standard_input_)), "<stdin>", "");
  }

  std::vector<PlannedInput> take() { return std::move(plan_); }

 private:
  static MediaItem row_of(std::string path) {
    MediaItem row;
    row.path = std::move(path);
    return row;
  }

  static std::vector<MediaItem> rows_of_list(std::string_view text) {
    std::vector<MediaItem> rows;
    while (!text.empty()) {
      std::string_view line = text.substr(0, text.find('\n'));
      text.remove_prefix(std::min(line.size() + 1, text.size()));
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (!line.empty()) rows.push_back(row_of(std::string(line)));
    }
    return rows;
  }

  // The text of a list or a table.
  void add_text(NameKind kind, const std::string& text, const std::string& name, const std::string& list_folder) {
    auto rows = kind == NameKind::kList ? rows_of_list(text) : read_table(text, name, options_);
    for (MediaItem& row : rows) add_row(std::move(row), list_folder, true);
  }

  // A path of the command line or a list's line or a table's row; list_folder with its '/' at the end.
  void add_row(MediaItem row, const std::string& list_folder, bool in_list) {
    if (row.error.empty() && row.path.find('\0') != std::string::npos) row.error = "the name holds a zero byte";
    if (!row.error.empty()) return add(PlannedInput::Kind::kFile, std::move(row));
    const bool exists = file_status(row.path) || file_status(list_folder + row.path);
    std::vector<std::string> names;
    try {
      names = exists ? std::vector{row.path} : expand_braces(row.path, budget_);
    } catch (const Error& error) {
      if (!in_list) throw;
      return add(PlannedInput::Kind::kFile, failed_item(std::move(row.path), error.what()));
    }
    for (std::string& name : names) {
      MediaItem named = row;
      named.path = std::move(name);
      add_name(std::move(named), list_folder, in_list);
    }
  }

  void add_name(MediaItem item, const std::string& list_folder, bool in_list) {
    const std::string beside = item.path.starts_with('/') ? item.path : list_folder + item.path;
    for (const std::string& path : {item.path, beside}) {
      if (add_if_there(item, path, in_list)) return;
    }
    for (const std::string& path : {item.path, beside}) {
      if (add_if_there(item, as_spelled(path), in_list)) return;
    }
    if (const auto table = table_of_row(item.path)) {
      const std::string where = item.path;
      return add(PlannedInput::Kind::kFile,
                 failed_item(where, "it is a row that could not be read; mend it, and give " + *table + " again"));
    }
    add(PlannedInput::Kind::kFile, with_status(std::move(item)));
  }

  bool add_if_there(MediaItem item, const std::string& path, bool in_list) {
    const auto status = file_status(path);
    const auto shard = status ? std::nullopt : shard_in_path(path);
    if (!status && !shard) return false;
    item.path = path;
    if (shard) {
      add(PlannedInput::Kind::kShardMember, std::move(item), *shard);
    } else if (status->is_folder) {
      add_folder(path);
    } else {
      add_file(std::move(item), *status, in_list);
    }
    return true;
  }

  void add_folder(const std::string& path) {
    if (options_.format == InputFormat::kList || options_.format == InputFormat::kCsv) {
      fail_usage(path, " is a folder: expected a file that is a list or table, as the input format says");
    }
    for (MediaItem& item : walk_.files(path)) {
      const bool is_shard = options_.format == InputFormat::kWebDataset && item.error.empty();
      add(is_shard ? PlannedInput::Kind::kShard : PlannedInput::Kind::kFile, std::move(item));
    }
  }

  void add_file(MediaItem item, const FileStatus& status, bool in_list) {
    const NameKind kind = role_of(item.path, status, in_list);
    if (kind == NameKind::kShard) return add(PlannedInput::Kind::kShard, std::move(item));
    if (kind != NameKind::kList && kind != NameKind::kTable) {
      return add(PlannedInput::Kind::kFile, with_status(std::move(item)));
    }
    if (in_list) {
      return add(PlannedInput::Kind::kFile, failed_item(item.path, "a list or table inside another is not read"));
    }
    add_text(kind, read_text_file(item.path), item.path, folder_of(item.path));
  }

  // What a file that is there is taken for: its name decides, or the format that was requested. What is no regular file
  // and has no name that says otherwise, as a shell's <(...), can only be a list.
  NameKind role_of(const std::string& path, const FileStatus& status, bool in_list) const {
    const NameKind kind = kind_of_name(path);
    const bool is_list = kind == NameKind::kList || kind == NameKind::kTable;
    switch (options_.format) {
      case InputFormat::kFiles: return NameKind::kOther;
      case InputFormat::kList: return in_list ? kind : NameKind::kList;
      case InputFormat::kCsv: return in_list ? kind : NameKind::kTable;
      case InputFormat::kWebDataset: return is_list ? kind : NameKind::kShard;
      default: return kind == NameKind::kOther && !status.is_regular && !in_list ? NameKind::kList : kind;
    }
  }

  void add(PlannedInput::Kind kind, MediaItem item, std::string shard = "") {
    plan_.push_back({kind, std::move(item), std::move(shard)});
  }

  const InputOptions& options_;
  std::istream& standard_input_;
  bool used_standard_input_ = false;
  FolderWalk walk_;
  PatternBudget budget_;
  std::vector<PlannedInput> plan_;
};

}  // namespace

std::vector<PlannedInput> find_inputs(const std::vector<std::string>& paths, const InputOptions& options,
                                      std::istream& standard_input) {
  Planner planner(options, standard_input);
  for (const std::string& path : paths) planner.add_argument(path);
  return planner.take();
}

}  // namespace tvts
