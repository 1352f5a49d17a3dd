#include "tests/model/weights/made_files.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace tvts::test {
namespace {

namespace fs = std::filesystem;

// Makes the files anew when the script is newer than they are.
bool make(const fs::path& folder, const std::string& golden) {
  const std::string script = TVTS_SOURCE_DIR "/tests/model/weights/make_files.py";
  const fs::path done = folder / "done";
  if (fs::exists(done) && fs::last_write_time(done) > fs::last_write_time(script)) return true;
  const std::string command = python() + " '" + script + "' '" + folder.string() + "' '" + golden + "'";
  if (std::system((golden.empty() ? command.substr(0, command.size() - 3) : command).c_str()) != 0) return false;
  std::ofstream(done) << "done\n";
  return true;
}

struct Scratch {
  std::string path = (fs::temp_directory_path() / "tvts_checkpoint_XXXXXX").string();
  Scratch() {
    if (mkdtemp(path.data()) == nullptr) std::abort();
  }
  ~Scratch() { fs::remove_all(path); }
};

}  // namespace

std::string python() { return TVTS_TEST_PYTHON; }

std::string made_files(const std::string& golden) {
  const fs::path folder = fs::path(TVTS_MADE_FILES) / (golden.empty() ? "small" : "full");
  fs::create_directories(folder);
  const int lock = ::open((folder / "lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0666);
  ::flock(lock, LOCK_EX);
  const bool made = make(folder, golden);
  ::close(lock);
  return made ? folder.string() : "";
}

std::string scratch_folder() {
  static const Scratch scratch;
  return scratch.path;
}

}  // namespace tvts::test
