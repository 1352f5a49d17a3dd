#include "tvts/train/loop/rank_checks.h"

#include "tvts/core/error.h"
#include "tvts/core/json/parse_json.h"
#include "tvts/model/weights/model_json.h"
#include "tvts/model/weights/sha256.h"
#include "tvts/train/loop/config_difference.h"
#include "tvts/train/loop/initial_model.h"
#include "tvts/train/loop/rank_texts.h"

namespace tvts {
namespace {

const std::vector<std::string> kMayDiffer = {"device", "data.workers", "data.cache"};

// The result of `read`; where this rank cannot read it, the reason, which then differs from what the others have read.
// A reason that all ranks share is reported by the run itself.
Json value_or_reason(const std::function<Json()>& read) {
  try {
    return read();
  } catch (const Error& error) {
    return error.what();
  }
}

// The config with the contents of its files instead of their paths.
Json described_run(const TrainConfig& config, const std::string& code_version) {
  Json run = {{"version", code_version}};
  run.update(parse_json(train_config_to_json(config)));
  run["model"] = value_or_reason([&] { return parse_json(config_to_json(model_sizes(config))); });
  if (!config.start.empty()) {
    run["start"] = value_or_reason([&] { return Json("SHA-256 " + sha256_of_file(config.start)); });
  }
  return run;
}

}  // namespace

void require_same_run(const TrainConfig& config, const std::string& code_version, Collective& collective) {
  if (collective.world_size() == 1) return;
  const std::vector<std::string> all = all_gather_texts(described_run(config, code_version).dump(), collective);
  const Json first = parse_json(all.front());
  for (std::size_t rank = 1; rank < all.size(); ++rank) {
    const auto difference = first_difference(first, parse_json(all[rank]), kMayDiffer);
    if (!difference) continue;
    fail_usage("the ranks are not of one run: ", difference->key, " is ", difference->first, " on rank 0 and ",
               difference->second, " on rank ", rank,
               "; start all ranks with the same program and config, and give each run a MASTER_PORT of its own");
  }
}

void require_same_samples(const TrainConfig& config, const std::vector<int64_t>& sizes, Collective& collective) {
  const at::Tensor all = collective.all_gather(at::tensor(sizes, at::kLong).unsqueeze(0));
  for (int64_t rank = 1; rank < all.size(0); ++rank) {
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      const auto corpus = static_cast<int64_t>(i);
      const auto here = all[rank][corpus].item<int64_t>(), first = all[0][corpus].item<int64_t>();
      if (here == first) continue;
      fail_input("corpus ", config.corpora[i].name, " has ", first, " samples on rank 0 and ", here, " on rank ", rank,
                 "; all ranks need the same ", config.corpora[i].list);
    }
  }
}

void require_batches_divide(const TrainConfig& config, int64_t world_size) {
  for (const CorpusConfig& corpus : config.corpora) {
    const int64_t joined = corpus.sorting == "clips" ? kJoinedClips : 1;
    if (corpus.batch % (world_size * joined) == 0) continue;
    fail_input("corpus ", corpus.name, ": a batch of ", corpus.batch, " clips does not divide among ", world_size,
               joined > 1 ? concat(" ranks, each joining ", joined, " into one") : " ranks", "; choose a multiple of ",
               world_size * joined);
  }
}

void require_same_step(int64_t step, Collective& collective) {
  const at::Tensor steps = collective.all_gather(at::full({1}, step, at::kLong));
  for (int64_t rank = 1; rank < steps.size(0); ++rank) {
    const auto first = steps[0].item<int64_t>(), other = steps[rank].item<int64_t>();
    if (other == first) continue;
    fail_input("rank 0 goes on after step ", first, " and rank ", rank, " after step ", other,
               "; all ranks need the same output folder");
  }
}

std::string world_size_warning(const TrainConfig& config, int64_t world_size) {
  const bool depends = config.objective.gather_gradient == "published";
  if (!depends || config.world_size == 0 || config.world_size == world_size) return "";
  return concat("the published gather gradient divides the contrastive part by the number of ranks: this run has ",
                world_size, ", its config was made for ", config.world_size);
}

}  // namespace tvts
