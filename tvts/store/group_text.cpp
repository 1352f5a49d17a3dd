#include "tvts/store/group_text.h"

#include "tvts/core/error.h"
#include "tvts/store/finite_rows.h"

namespace tvts {
namespace {

void add_item(GroupText& text, const ItemId& item, const ItemResult& result, std::size_t dim) {
  if (result.rows.empty()) {
    text.error_lines += error_line(item, result.status, result.error_message) + '\n';
    return;
  }
  if (!has_finite_rows(result)) {
    text.error_lines += error_line(item, "not-finite", "its embedding has values that are not finite") + '\n';
    return;
  }
  for (const EmbeddedRow& row : result.rows) {
    TVTS_ASSERT(row.embedding.size() == dim);
    text.row_lines += row_line({item, row.info, Mark::kNone}) + '\n';
    text.embeddings.insert(text.embeddings.end(), row.embedding.begin(), row.embedding.end());
    text.rows += 1;
  }
}

}  // namespace

JournalGroup GroupText::as_journal_group() const {
  const auto* bytes = reinterpret_cast<const char*>(embeddings.data());
  return {items, rows, row_lines, error_lines, {bytes, embeddings.size() * sizeof(float)}};
}

GroupText group_text(const std::vector<ItemId>& items, const std::vector<std::size_t>& group,
                     std::span<const ItemResult> results, std::size_t dim) {
  TVTS_ASSERT(results.size() == group.size());
  GroupText text;
  text.items = group.size();
  for (std::size_t i = 0; i < group.size(); ++i) add_item(text, items[group[i]], results[i], dim);
  return text;
}

}  // namespace tvts
