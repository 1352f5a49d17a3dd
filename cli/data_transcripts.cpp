// tvts data transcripts: subtitles and the JSON of Whisper as annotations of narrated videos.
#include <filesystem>
#include <map>

#include "cli/data.h"
#include "cli/output.h"
#include "cli/runtime.h"
#include "tvts/core/error.h"
#include "tvts/core/folders.h"
#include "tvts/core/input_file.h"
#include "tvts/core/log.h"
#include "tvts/core/whole_file.h"
#include "tvts/media/inputs/folder_entries.h"
#include "tvts/media/inputs/media_names.h"
#include "tvts/train/corpora/subtitles.h"
#include "tvts/train/corpora/video_duration.h"

namespace tvts::cli {
namespace {

constexpr std::size_t kLongestFile = std::size_t{64} << 20;  // bytes

struct DataTranscriptsOptions {
  std::vector<std::string> files;
  std::string output, videos;
};

void declare(CLI::App& command, DataTranscriptsOptions& options) {
  command.add_option("FILE", options.files, "transcripts: .vtt, .srt, or .json as Whisper writes it")->required();
  command.add_option("--output", options.output, "folder for the annotations, NAME.json each")->required();
  command.add_option("--videos", options.videos, "folder of the videos NAME.*, which know how long they are");
}

// "dir/ID.en.vtt" -> "ID", as keys of tar shards are cut.
std::string name_of(const std::string& path) {
  const std::string_view name = base_name(path);
  return std::string(name.substr(0, name.find('.', 1)));
}

std::map<std::string, std::string> videos_by_name(const std::string& folder) {
  std::map<std::string, std::string> videos;
  if (folder.empty()) return videos;
  std::error_code error;
  for (const FolderEntry& entry : folder_entries(folder, error)) {
    if (kind_of_name(entry.name) == NameKind::kVideo) videos.emplace(name_of(entry.name), folder + "/" + entry.name);
  }
  if (error) fail_input("cannot read the folder ", folder, ": ", error.message());
  return videos;
}

// The annotations' paths by transcript. Throws Error(kUsage) when two transcripts have one name.
std::map<std::string, std::string> outputs_of(const DataTranscriptsOptions& options) {
  std::map<std::string, std::string> outputs, takers;
  for (const std::string& file : options.files) {
    outputs[file] = options.output + "/" + name_of(file) + ".json";
    const auto [taker, is_new] = takers.emplace(outputs[file], file);
    if (!is_new && taker->second != file) {
      fail_usage(taker->second, " and ", file, " would both become ", outputs[file], "; convert them one at a time");
    }
  }
  return outputs;
}

void convert(const std::string& file, const std::string& output, const std::map<std::string, std::string>& videos) {
  const Cues cues = read_transcript(read_file(file, kLongestFile), file);
  Annotation annotation = annotation_of(cues);
  if (const auto video = videos.find(name_of(file)); video != videos.end()) {
    annotation.duration_seconds = video_duration(video->second, stop_requested());
  }
  if (cues.broken > 0) log_warning(concat(file, ": ", cues.broken, " broken cues were passed over"));
  write_whole_file(output, annotation_json(annotation));
  print_columns({output, concat(annotation.subtitles.size(), " words"), fixed(annotation.duration_seconds, 3) + " s"});
}

int run(const DataTranscriptsOptions& options) {
  const auto outputs = outputs_of(options);
  const auto videos = videos_by_name(options.videos);
  make_folder(options.output);
  bool all_done = true;
  for (const auto& [file, output] : outputs) {
    throw_if_stopped();
    try {
      if (!options.videos.empty() && !videos.contains(name_of(file))) {
        fail_input(file, ": found no video ", name_of(file), ".* in ", options.videos);
      }
      convert(file, output, videos);
    } catch (const Error& failure) {
      if (failure.kind() != ErrorKind::kInput) throw;
      log_error(failure.what());
      all_done = false;
    }
  }
  return all_done ? 0 : kSomeInputsFailed;
}

}  // namespace

void add_data_transcripts(CLI::App& data, Action& action) {
  add_command<DataTranscriptsOptions>(
      data, action, "transcripts", "Turn subtitles and Whisper's JSON into annotations of narrated videos",
      [](CLI::App& command, DataTranscriptsOptions& options) { declare(command, options); }, run);
}

}  // namespace tvts::cli
