#include "tvts/features/embedded_item.h"

#include <ATen/ATen.h>

#include "tvts/core/error.h"
#include "tvts/core/utf8.h"
#include "tvts/features/to_vector.h"
#include "tvts/store/finite_rows.h"

namespace tvts {
namespace {

ClipTokens clip_tokens(const at::Tensor& tokens, int64_t frame_count) {
  const int64_t patches = tokens.size(0) / frame_count * frame_count;  // the B kind has CLS before them
  const at::Tensor frames = tokens.narrow(0, tokens.size(0) - patches, patches).unflatten(0, {frame_count, -1}).mean(1);
  return {.tokens = tokens, .frames = frames};
}

void add_clip(EmbeddedItem& item, const EmbeddedBatch& batch, std::size_t clip) {
  const auto row = static_cast<int64_t>(clip);
  item.result.rows.push_back({.embedding = to_vector(batch.embeddings[row]), .info = batch.infos[clip]});
  item.frames += static_cast<std::size_t>(batch.frame_counts[clip]);
  if (batch.tokens.defined()) item.tokens.push_back(clip_tokens(batch.tokens[row], batch.frames));
}

ItemResult not_finite(const std::string& path) {
  return {.rows = {},
          .status = "not-finite",
          .error_message = concat(without_zero_bytes(path),
                                  ": its embedding has values that are not finite; the weights "
                                  "of the model may be damaged")};
}

// The facts of a whole video that are known only once it has been read.
void describe_rows(EmbeddedItem& item, const VideoReport& report) {
  for (EmbeddedRow& row : item.result.rows) {
    row.info.duration = report.duration_seconds;
    if (report.frame_rate > 0) row.info.fps = report.frame_rate;
    row.info.frames_promised = report.frames_promised;
    row.info.frames_found = report.frames_found;
    row.info.decode_errors = report.decode_errors;
    row.info.warnings = item.item.warnings;
    row.info.warnings.insert(row.info.warnings.end(), report.warnings.begin(), report.warnings.end());
  }
}

}  // namespace

std::vector<EmbeddedItem> embedded_items(ReadGroup group, const std::vector<EmbeddedBatch>& batches) {
  std::vector<EmbeddedItem> items;
  for (MediaItem& item : group.items) items.push_back({.item = std::move(item)});
  for (const EmbeddedBatch& batch : batches) {
    for (std::size_t clip = 0; clip < batch.items.size(); ++clip) add_clip(items[batch.items[clip]], batch, clip);
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    const ItemEnd& end = group.ends[i];
    if (!end.status.empty()) items[i].result = {.rows = {}, .status = end.status, .error_message = end.error};
    if (!has_finite_rows(items[i].result)) items[i].result = not_finite(items[i].item.path);
    describe_rows(items[i], end.report);
  }
  return items;
}

}  // namespace tvts
