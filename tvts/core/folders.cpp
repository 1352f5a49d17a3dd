#include "tvts/core/folders.h"

#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <filesystem>
#include <optional>
#include <string_view>

#include "tvts/core/error.h"

namespace tvts {
namespace {

namespace fs = std::filesystem;

// Of WholeFile's temporary name, NAME.PID.part.
std::optional<pid_t> writer_of(std::string_view name) {
  constexpr std::string_view kEnd = ".part";
  if (!name.ends_with(kEnd)) return std::nullopt;
  name.remove_suffix(kEnd.size());
  const std::string_view digits = name.substr(name.rfind('.') + 1);
  pid_t process = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), process);
  if (error != std::errc() || end != digits.data() + digits.size() || process <= 0) return std::nullopt;
  return process;
}

}  // namespace

void make_folder(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) fail(ErrorKind::kFailed, "cannot make the folder ", path, ": ", error.message());
}

void make_folder_of(const std::string& file_path) {
  const std::string folder = fs::path(file_path).parent_path().native();
  if (!folder.empty()) make_folder(folder);
}

void remove_file(const std::string& path) {
  std::error_code error;
  fs::remove(path, error);
  if (error) fail(ErrorKind::kFailed, "cannot remove ", path, ": ", error.message());
}

void remove_leftovers(const std::string& folder) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const auto writer = writer_of(entry.path().filename().native());
    std::error_code kept;
    const bool is_dead = writer && (*writer == ::getpid() || (::kill(*writer, 0) != 0 && errno == ESRCH));
    if (is_dead) fs::remove(entry.path(), kept);
  }
}

}  // namespace tvts
