// The single-file form: v.npy, with v.jsonl beside it row by row, and v.errors.jsonl for what failed.
#pragma once

#include <string>

#include "tvts/core/npy.h"
#include "tvts/core/whole_file.h"
#include "tvts/features/video_embedder.h"

namespace tvts {

// "dir/v.npy" -> "dir/v" + suffix
std::string beside(const std::string& npy_path, const std::string& suffix);

class NpyOutput {
 public:
  // path ends in .npy. Nothing is visible before finish().
  NpyOutput(const std::string& path, int64_t embed_dim);

  void add(const EmbeddedItem& item);
  // Puts the three files in place, or none. Without failures there is no v.errors.jsonl; one of an earlier run is
  // removed. Without rows an output that is there already is left as it was, and false returned.
  bool finish();

 private:
  const std::string path_;
  NpyWriter values_;
  WholeFile rows_;
  WholeFile errors_;
  std::size_t failed_ = 0;
  bool has_rows_ = false;
};

}  // namespace tvts
