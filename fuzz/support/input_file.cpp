#include "fuzz/support/input_file.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tvts/core/error.h"

namespace tvts::fuzz {
namespace {

namespace fs = std::filesystem;

struct Scratch {
  std::string path;
  Scratch() {
    const fs::path in_memory = "/dev/shm";
    path = ((fs::is_directory(in_memory) ? in_memory : fs::temp_directory_path()) / "tvts_fuzz_XXXXXX").string();
    TVTS_ASSERT(::mkdtemp(path.data()) != nullptr);
  }
  ~Scratch() { fs::remove_all(path); }
};

}  // namespace

const std::string& scratch_folder() {
  static const Scratch scratch;
  return scratch.path;
}

std::string input_file(const std::string& name, Bytes content) {
  std::string path = scratch_folder() + "/" + name;
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
  file.close();
  TVTS_ASSERT(file.good());
  return path;
}

}  // namespace tvts::fuzz
