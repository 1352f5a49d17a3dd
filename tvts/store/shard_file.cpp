#include "tvts/store/shard_file.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "tvts/core/folders.h"
#include "tvts/core/json/fields.h"
#include "tvts/core/npy.h"
#include "tvts/core/whole_file.h"

namespace tvts {
namespace {

void write_blocks(const std::string& path, std::string_view head, const JournalContent& content,
                  std::string_view JournalGroup::*block) {
  WholeFile file(path);
  file.write(head);
  for (const JournalGroup& group : content.groups) file.write(group.*block);
  file.commit();
}

}  // namespace

ShardCounts count_of(const JournalContent& content) {
  ShardCounts counts;
  for (const JournalGroup& group : content.groups) {
    counts.items += group.items;
    counts.rows += group.rows;
    counts.failed += static_cast<std::size_t>(std::count(group.error_lines.begin(), group.error_lines.end(), '\n'));
  }
  return counts;
}

void seal_shard(const StoreFolder& folder, std::size_t shard, std::size_t dim, const JournalContent& content,
                double seconds) {
  const ShardCounts counts = count_of(content);
  write_blocks(folder.embeddings(shard),
               npy_header(std::array{static_cast<int64_t>(counts.rows), static_cast<int64_t>(dim)}), content,
               &JournalGroup::embeddings);
  write_blocks(folder.metadata(shard), "", content, &JournalGroup::row_lines);
  if (counts.failed > 0) write_blocks(folder.shard_errors(shard), "", content, &JournalGroup::error_lines);
  const Json stats = {{"items", counts.items}, {"rows", counts.rows}, {"failed", counts.failed}, {"seconds", seconds}};
  write_whole_file(folder.stats(shard), stats.dump() + "\n");
  remove_file(folder.journal(shard));
}

}  // namespace tvts
