#include "tvts/api/data_files.h"

#include <dlfcn.h>
#include <link.h>

#include <filesystem>

#include "tvts/core/error.h"

namespace tvts {
namespace {

// The shared library or the program that this code was linked into. The dynamic linker has no name for the program.
std::filesystem::path file_of_this_code() {
  Dl_info found{};
  link_map* map = nullptr;
  dladdr1(reinterpret_cast<const void*>(&data_file), &found, reinterpret_cast<void**>(&map), RTLD_DL_LINKMAP);
  const bool is_library = map != nullptr && map->l_name[0] != '\0';
  std::error_code error;
  return std::filesystem::canonical(is_library ? map->l_name : "/proc/self/exe", error);
}

}  // namespace

std::string data_file(const std::string& name) {
  static const std::filesystem::path here = file_of_this_code();
  const std::filesystem::path above = here.parent_path().parent_path() / "share" / "tvts" / name;
  // The native module of the Python package lies in the package's own folder.
  const std::filesystem::path beside = here.parent_path() / "share" / "tvts" / name;
  std::error_code error;
  if (std::filesystem::exists(beside, error)) return beside.string();
  if (!std::filesystem::exists(above, error)) {
    fail_input("tvts's own data file ", name, " is not at ", above.string(),
               "; install tvts with cmake --install, or run tools/setup and build again");
  }
  return above.string();
}

std::string vocabulary_path() { return data_file("bpe_simple_vocab_16e6.txt.gz"); }

std::string pretrained_or_small(const std::string& file) {
  return file.empty() ? data_file("small-world.safetensors") : file;
}

}  // namespace tvts
