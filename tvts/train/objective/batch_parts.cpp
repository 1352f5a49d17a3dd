#include "tvts/train/objective/batch_parts.h"

#include <algorithm>

namespace tvts {
namespace {

at::Tensor joined_rows(const std::vector<EncodedBatch>& parts, at::Tensor EncodedBatch::*rows) {
  std::vector<at::Tensor> all;
  for (const EncodedBatch& part : parts) {
    if ((part.*rows).defined()) all.push_back(part.*rows);
  }
  return all.empty() ? at::Tensor() : at::cat(all);
}

}  // namespace

std::vector<ObjectiveBatch> parts_of(const ObjectiveBatch& batch, int64_t parts) {
  const int64_t together = std::max<int64_t>(1, batch.join), groups = batch.video.size(0) / together;
  const int64_t count = std::clamp<int64_t>(parts, 1, std::max<int64_t>(1, groups));
  std::vector<ObjectiveBatch> all;
  for (int64_t part = 0; part < count; ++part) {
    const int64_t begin = groups * part / count * together,
                  end = part + 1 == count ? batch.video.size(0) : groups * (part + 1) / count * together;
    ObjectiveBatch& cut = all.emplace_back(batch);
    cut.video = batch.video.slice(0, begin, end);
    cut.ids = batch.ids.slice(0, begin * batch.segments, end * batch.segments);
    if (batch.keep.defined()) cut.keep = batch.keep.slice(0, begin, end);
  }
  return all;
}

EncodedBatch joined(const std::vector<EncodedBatch>& parts) {
  return {.video = joined_rows(parts, &EncodedBatch::video),
          .texts = joined_rows(parts, &EncodedBatch::texts),
          .sort_logits = joined_rows(parts, &EncodedBatch::sort_logits)};
}

}  // namespace tvts
