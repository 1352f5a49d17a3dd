// The text of a file of any length, mapped.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "tvts/core/mapped_file.h"

namespace tvts {

class TextFile {
 public:
  // Throws Error(kInput) when the file cannot be read.
  explicit TextFile(const std::string& path) : file_(MappedFile::open(path)) {}
  std::string_view text() const {
    return {reinterpret_cast<const char*>(file_->bytes().data()), file_->bytes().size()};
  }

 private:
  std::shared_ptr<const MappedFile> file_;
};

}  // namespace tvts
