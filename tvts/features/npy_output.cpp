#include "tvts/features/npy_output.h"

#include <filesystem>

#include "tvts/core/error.h"
#include "tvts/core/folders.h"
#include "tvts/media/clips/item_list.h"

namespace tvts {

std::string beside(const std::string& npy_path, const std::string& suffix) {
  TVTS_ASSERT(npy_path.ends_with(".npy"));
  return npy_path.substr(0, npy_path.size() - 4) + suffix;
}

NpyOutput::NpyOutput(const std::string& path, int64_t embed_dim)
    : path_(path), values_(path, embed_dim), rows_(beside(path, ".jsonl")), errors_(beside(path, ".errors.jsonl")) {}

void NpyOutput::add(const EmbeddedItem& item) {
  const ItemId id = item_id(item.item);
  if (!item.result.status.empty()) {
    errors_.write(error_line(id, item.result.status, item.result.error_message) + "\n");
    ++failed_;
  }
  for (const EmbeddedRow& row : item.result.rows) {
    has_rows_ = true;
    values_.append(row.embedding);
    rows_.write(row_line({.item = id, .info = row.info}) + "\n");
  }
}

bool NpyOutput::finish() {
  if (!has_rows_ && std::filesystem::exists(path_)) return false;
  WholeFile& values = values_.finished_file();
  if (failed_ > 0) {
    commit_together({&errors_, &rows_, &values});
  } else {
    commit_together({&rows_, &values});
    remove_file(beside(path_, ".errors.jsonl"));
  }
  return true;
}

}  // namespace tvts
