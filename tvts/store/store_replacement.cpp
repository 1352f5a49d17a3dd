#include "tvts/store/store_replacement.h"

#include <cstdio>
#include <filesystem>

#include "tvts/core/error.h"
#include "tvts/core/folders.h"
#include "tvts/core/input_file.h"
#include "tvts/core/whole_file.h"

namespace tvts {
namespace {

namespace fs = std::filesystem;

std::string inputs_file(const StoreFolder& folder) { return folder.dir() + "/_inputs"; }

bool holds(const std::string& path, const std::string& content) {
  return fs::is_regular_file(path) && read_file(path, kMostTableBytes) == content;
}

void remove_folder(const std::string& path) {
  std::error_code error;
  fs::remove_all(path, error);
  if (error) fail(ErrorKind::kFailed, "cannot remove ", path, ": ", error.message());
}

void rename_into_place(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) == 0) return;
  fail(ErrorKind::kFailed, "cannot move ", from, " to ", to, ": ", errno_text());
}

}  // namespace

StoreFolder open_replacement(const StoreFolder& old, const StoreHeader& header, const std::string& inputs) {
  StoreFolder made = old.replacement();
  if (!holds(inputs_file(made), inputs) || !holds(made.header(), to_json(header))) {
    remove_folder(made.dir());
    make_folder(made.dir());
    write_whole_file(made.header(), to_json(header));
    write_whole_file(inputs_file(made), inputs);
  }
  made.make_folders();
  made.remove_leftovers();
  return made;
}

void drop_replacement(const StoreFolder& old) { remove_folder(old.replacement().dir()); }

void put_replacement_in_place(const StoreFolder& old) {
  rename_into_place(old.replacement().dir(), old.complete_replacement().dir());
  finish_replacement(old);
}

std::string finish_replacement(const StoreFolder& old) {
  const StoreFolder complete = old.complete_replacement();
  if (!fs::exists(complete.dir())) return "";
  const std::string inputs = fs::exists(inputs_file(complete)) ? read_file(inputs_file(complete), kMostTableBytes) : "";
  // The header moves once the old content is gone, and says so to a run that goes on from here.
  if (fs::exists(complete.header())) {
    old.remove_content();
    rename_into_place(complete.header(), old.header());
  }
  old.take_content(complete);
  remove_folder(complete.dir());
  return inputs;
}

}  // namespace tvts
