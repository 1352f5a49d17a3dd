#include "tvts/evaluate/benchmarks/find_annotations.h"

#include <fnmatch.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "tvts/core/error.h"
#include "tvts/media/inputs/folder_entries.h"

namespace tvts {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> matches(const std::string& folder, const std::string& pattern) {
  std::vector<std::string> found;
  for (const FolderEntry& entry : folder_entries(folder)) {
    if (entry.is_file() && fnmatch(pattern.c_str(), entry.name.c_str(), 0) == 0) {
      found.push_back(folder + "/" + entry.name);
    }
  }
  return found;
}

bool fits(const AnnotationForm& form, const AnnotationFile& file) {
  if (std::ranges::find(form.shapes, file.shape) == form.shapes.end()) return false;
  return form.marker.empty() || file.text.find(form.marker) != std::string::npos;
}

[[noreturn]] void fail_several(const std::vector<std::string>& files) {
  std::string names;
  for (const std::string& file : files) names += (names.empty() ? "" : ", ") + fs::path(file).filename().string();
  fail_input(fs::path(files.front()).parent_path().string(), ": found ", files.size(),
             " files that may hold the annotations (", names.substr(0, 300), "); say which one with --annotations");
}

std::optional<ChosenForm> look_for(const AnnotationForm& form, const std::vector<std::string>& folders) {
  const bool is_folder = form.shapes.front() == AnnotationShape::kFolder;
  for (const std::string& pattern : form.patterns) {
    for (const std::string& folder : folders) {
      std::vector<std::string> files = matches(folder, pattern);
      if (is_folder && !files.empty()) return ChosenForm{form, {.path = folder, .shape = AnnotationShape::kFolder}};
      std::vector<AnnotationFile> fitting;
      for (const std::string& path : files) {
        if (AnnotationFile file = read_annotation(path); fits(form, file)) fitting.push_back(std::move(file));
      }
      if (fitting.size() > 1) {
        std::erase_if(files, [&](const std::string& path) {
          return std::ranges::find(fitting, path, &AnnotationFile::path) == fitting.end();
        });
        fail_several(files);
      }
      if (!fitting.empty()) return ChosenForm{form, std::move(fitting.front())};
    }
  }
  return std::nullopt;
}

std::string names_of(const std::vector<AnnotationForm>& forms) {
  std::string names;
  for (const AnnotationForm& form : forms) names += (names.empty() ? "" : ", ") + form.name;
  return names;
}

std::string patterns_of(const std::vector<AnnotationForm>& forms) {
  std::string names;
  for (const AnnotationForm& form : forms) {
    for (const std::string& pattern : form.patterns) names += (names.empty() ? "" : ", ") + pattern;
  }
  return names;
}

std::size_t folders_in(const std::string& folder) {
  return static_cast<std::size_t>(std::ranges::count_if(folder_entries(folder), &FolderEntry::is_folder));
}

// Folders of classes are known by what is in them, not by a file.
std::optional<ChosenForm> look_for_class_folders(const std::vector<AnnotationForm>& forms,
                                                 const BenchmarkOptions& options) {
  const auto form = std::ranges::find(forms, "class-folders", &AnnotationForm::name);
  if (form == forms.end()) return std::nullopt;
  const bool is_test = options.part == BenchmarkPart::kTest;
  const std::vector<std::string> folders = is_test ? std::vector<std::string>{"/val", "/videos_val", ""}
                                                   : std::vector<std::string>{"/train", "/videos_train"};
  for (const std::string& folder : folders) {
    if (folders_in(options.data + folder) < 2) continue;
    return ChosenForm{*form, {.path = options.data + folder, .shape = AnnotationShape::kFolder}};
  }
  return std::nullopt;
}

}  // namespace

std::vector<std::string> annotation_folders(const std::string& data) {
  std::vector<std::string> folders = {data};
  for (const char* name : {"annotation", "annotations", "splits", "metadata", "labels", "structured-symlinks",
                           "high-quality/structured-symlinks", "ucfTrainTestlist", "testTrainMulti_7030_splits"}) {
    std::string folder = data + "/" + name;
    std::error_code error;
    if (fs::is_directory(folder, error)) folders.push_back(std::move(folder));
  }
  return folders;
}

std::string find_beside(const std::vector<std::string>& folders, const std::vector<std::string>& patterns) {
  for (const std::string& pattern : patterns) {
    for (const std::string& folder : folders) {
      const std::vector<std::string> found = matches(folder, pattern);
      if (found.size() > 1) fail_several(found);
      if (!found.empty()) return found.front();
    }
  }
  return "";
}

ChosenForm choose_form(const std::string& benchmark, std::vector<AnnotationForm> forms, const BenchmarkOptions& options,
                       const std::vector<std::string>& folders) {
  const std::string all_names = names_of(forms);
  if (!options.form.empty()) {
    std::erase_if(forms, [&](const AnnotationForm& form) { return form.name != options.form; });
    if (forms.empty()) fail_usage("'", options.form, "' is no form of ", benchmark, "; expected one of ", all_names);
  }
  if (!options.annotations.empty()) {
    AnnotationFile file = read_annotation(options.annotations);
    if (!options.form.empty()) return {forms.front(), std::move(file)};
    const auto found = std::ranges::find_if(forms, [&](const AnnotationForm& form) { return fits(form, file); });
    if (found == forms.end())
      fail_input(options.annotations, ": found none of the forms of ", benchmark, " (", all_names,
                 "); say which it is with --form");
    return {*found, std::move(file)};
  }
  for (const AnnotationForm& form : forms) {
    if (auto choice = look_for(form, folders)) return std::move(*choice);
  }
  if (auto choice = look_for_class_folders(forms, options)) return std::move(*choice);
  fail_input(options.data, ": found no annotations of ", benchmark_title(benchmark), "; looked for ",
             patterns_of(forms), " there and in its usual folders; say where they are with --annotations");
}

}  // namespace tvts
