#include "tvts/features/store_run.h"

#include <algorithm>
#include <optional>

#include "tvts/core/error.h"
#include "tvts/features/token_output.h"

namespace tvts {
namespace {

std::vector<std::size_t> pending_items(const StorePlan& plan) {
  std::vector<std::size_t> all;
  for (const auto& group : plan.groups) all.insert(all.end(), group.begin(), group.end());
  return all;
}

}  // namespace

StoreRunResult run_into_store(const StoreRun& run, const ItemList& items, const InferenceModel& model,
                              const std::function<NeutralBank()>& make_bank, std::stop_token stop,
                              const std::function<void(const StorePlan&)>& on_plan,
                              const std::function<void(const EmbeddedItem&)>& on_item) {
  StoreWriter writer(run.dir, run.header, run.store);
  const std::vector<ItemId> ids = items.ids();
  const StorePlan plan = writer.plan(ids);
  on_plan(plan);
  if (plan.groups.empty()) return {.plan = plan, .summary = writer.finish()};
  std::optional<NeutralBank> bank;
  if (make_bank) bank = make_bank();
  const auto next_size = [&plan, next = std::size_t{0}]() mutable {
    const std::size_t at = std::min(next++, plan.groups.size() - 1);  // asked once more than there are groups
    return plan.groups[at].size();
  };
  VideoEmbedder embedder(model, for_inputs(run.embed, ids.size()), items.feed(pending_items(plan)), stop, next_size);
  for (const auto& planned : plan.groups) {
    std::vector<EmbeddedItem> group = embedder.next_group();
    TVTS_ASSERT(group.size() == planned.size());
    std::vector<ItemResult> results;
    for (EmbeddedItem& item : group) {
      if (bank) add_statistics(item.result.rows, *bank);
      if (run.embed.tokens) write_tokens(item, writer.dir() + "/token_emb", "token_emb/");
      results.push_back(std::move(item.result));
    }
    writer.add_group(results);
    for (std::size_t i = 0; i < group.size(); ++i) {
      group[i].result = std::move(results[i]);
      on_item(group[i]);
    }
  }
  return {.plan = plan, .summary = writer.finish()};
}

}  // namespace tvts
