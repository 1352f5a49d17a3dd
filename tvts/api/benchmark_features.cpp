#include "tvts/api/benchmark_features.h"

#include <unordered_map>

#include "tvts/core/error.h"
#include "tvts/core/input_file.h"
#include "tvts/core/json/fields.h"
#include "tvts/features/to_vector.h"
#include "tvts/media/inputs/media_item.h"
#include "tvts/store/item_locations.h"
#include "tvts/store/store_reader.h"

namespace tvts {
namespace {

// Row of the store by location: an earlier run may have named the files otherwise.
std::unordered_map<std::string, std::size_t> rows_by_location(const Store& store, ItemLocations& locations) {
  std::unordered_map<std::string, std::size_t> rows;
  for (std::size_t row = 0; row < store.size(); ++row) rows.emplace(locations.of(store.describe(row).item), row);
  return rows;
}

// Why items failed, now or in an earlier run, by path.
std::unordered_map<std::string, std::string> reasons_by_path(const std::string& store) {
  std::unordered_map<std::string, std::string> reasons;
  const std::string path = store + "/errors.jsonl";
  if (!file_status(path)) return reasons;
  for_each_line(read_file(path), path, [&](std::string_view line) {
    reasons[parse_error_line(line).path] = field<std::string>(parse_json_object(line), "error_message");
  });
  return reasons;
}

}  // namespace

BenchmarkVideos embed_benchmark_videos(const StoreRun& run, const Benchmark& benchmark,
                                       const std::vector<bool>& leave_out, const InferenceModel& model,
                                       std::stop_token stop, const std::function<void(const StorePlan&)>& on_plan,
                                       const std::function<void(const EmbeddedItem&)>& on_item) {
  TVTS_ASSERT(leave_out.size() == benchmark.videos.size() && !run.embed.clips.window);
  std::vector<std::string> paths;
  for (std::size_t i = 0; i < benchmark.videos.size(); ++i) {
    if (!leave_out[i]) paths.push_back(benchmark.videos[i].path);
  }
  if (paths.empty()) fail_input(benchmark.name, ": all of its ", leave_out.size(), " videos are missing");
  const ItemList items(paths, {.format = InputFormat::kFiles}, "");
  const StoreRunResult result = run_into_store(run, items, model, {}, std::move(stop), on_plan, on_item);
  if (result.summary.left_as_was) {
    fail_input(benchmark.name, ": none of its videos could be read; ", run.dir, " is left as it was");
  }

  const Store store = Store::open(run.dir);
  ItemLocations locations;
  const auto rows = rows_by_location(store, locations);
  store.check_sizes();
  const auto reasons = reasons_by_path(run.dir);
  BenchmarkVideos videos;
  for (std::size_t i = 0; i < benchmark.videos.size(); ++i) {
    const auto found = leave_out[i] ? rows.end() : rows.find(locations.of({.path = benchmark.videos[i].path}));
    videos.has_feature.push_back(found != rows.end());
    const auto failed = leave_out[i] ? reasons.end() : reasons.find(benchmark.videos[i].path);
    videos.reasons.push_back(failed == reasons.end() ? "" : failed->second);
    if (found == rows.end()) continue;
    const std::span<const float> feature = store.embedding(found->second);
    videos.features.insert(videos.features.end(), feature.begin(), feature.end());
  }
  if (videos.features.empty())
    fail_input(benchmark.name, ": none of its videos could be read, see ", run.dir, "/errors.jsonl");
  return videos;
}

std::vector<float> embed_benchmark_texts(const Benchmark& benchmark, const std::vector<std::string>& texts,
                                         const InferenceModel& model, const Tokenizer& tokenizer,
                                         const std::function<void(std::size_t done)>& on_batch) {
  const at::Tensor features = benchmark.task == BenchmarkTask::kActions
                                  ? embed_labels(model, tokenizer, texts, benchmark.templates, kTextBatch)
                                  : embed_texts(model, tokenizer, texts, /*normalize=*/true, kTextBatch, on_batch);
  return to_vector(features);
}

}  // namespace tvts
