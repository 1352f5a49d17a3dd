#include "tvts/model/weights/known_hashes.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "tvts/core/error.h"
#include "tvts/core/file_status.h"
#include "tvts/core/input_file.h"
#include "tvts/core/json/parse_json.h"
#include "tvts/core/whole_file.h"
#include "tvts/model/weights/sha256.h"

namespace tvts {
namespace {

constexpr std::size_t kMostEntryBytes = 4096;

bool is_older_than(std::chrono::seconds age, const FileStatus& status) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::nanoseconds(status.changed_ns) + age < now;
}

Json fields_of(const FileStatus& status) {
  return {{"size", status.size_bytes}, {"modified_ns", status.modified_ns}, {"changed_ns", status.changed_ns}};
}

std::optional<std::string> remembered(const std::string& entry, const FileStatus& status) {
  try {
    Json found = parse_json_object(read_file(entry, kMostEntryBytes));
    const std::string sha256 = found.value("sha256", "");
    found.erase("sha256");
    if (found == fields_of(status) && sha256.size() == 64) return sha256;
  } catch (const std::exception&) {  // none, or a damaged one
  }
  return std::nullopt;
}

void remember(const std::string& folder, const std::string& entry, const FileStatus& status,
              const std::string& sha256) {
  try {
    std::filesystem::create_directories(folder);
    Json fields = fields_of(status);
    fields["sha256"] = sha256;
    write_whole_file(entry, fields.dump() + "\n");
  } catch (const std::exception&) {  // the next time is as slow
  }
}

// The hashes of this process, for callers without a folder. Thread-safe.
class ProcessHashes {
 public:
  std::optional<std::string> find(const FileStatus& status) {
    const std::lock_guard lock(mutex_);
    const auto found = by_file_.find({status.device, status.inode});
    if (found == by_file_.end() || found->second.first != status) return std::nullopt;
    return found->second.second;
  }
  void add(const FileStatus& status, const std::string& sha256) {
    const std::lock_guard lock(mutex_);
    by_file_[{status.device, status.inode}] = {status, sha256};
  }

 private:
  std::mutex mutex_;
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::pair<FileStatus, std::string>> by_file_;
};

ProcessHashes& process_hashes() {
  static ProcessHashes hashes;
  return hashes;
}

}  // namespace

std::string KnownHashes::sha256(const std::string& path) const {
  const auto status = file_status(path);
  if (!status) return sha256_of_file(path);
  const bool in_memory = folder_.empty();
  const std::string entry = concat(folder_, "/", status->device, "-", status->inode, ".json");
  if (const auto known = in_memory ? process_hashes().find(*status) : remembered(entry, *status)) return *known;
  const bool settled = is_older_than(settled_, *status);
  const std::string found = sha256_of_file(path);
  if (!settled || file_status(path) != status) return found;
  if (in_memory) {
    process_hashes().add(*status, found);
  } else {
    remember(folder_, entry, *status, found);
  }
  return found;
}

}  // namespace tvts
