// Finds the file or folder that holds a data set's annotations, and their form.
#pragma once

#include "tvts/evaluate/benchmarks/forms.h"

namespace tvts {

// The data folder, and those below it where annotations lie in the data sets' own archives and in the copies that are
// handed on.
std::vector<std::string> annotation_folders(const std::string& data);

struct ChosenForm {
  AnnotationForm form;
  AnnotationFile file;
};

// The form that `options` name; else the first of the forms for which there is a file, by its name and its content.
// Throws Error(kInput) when there is none or several fit, Error(kUsage) when the form that was named is none of these.
ChosenForm choose_form(const std::string& benchmark, std::vector<AnnotationForm> forms, const BenchmarkOptions& options,
                       const std::vector<std::string>& folders);

}  // namespace tvts
