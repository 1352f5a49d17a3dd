#include "tvts/api/model_state.h"
#include "tvts/api/run_control.h"
#include "tvts/api/store_model.h"
#include "tvts/core/error.h"
#include "tvts/core/throw_if_stopped.h"
#include "tvts/features/embed_inputs.h"
#include "tvts/features/to_vector.h"
#include "tvts/store/exact.h"

namespace tvts::api {

struct Store::State {
  tvts::Store store;
  std::string path;
};

Store Store::open(const std::string& path) {
  return Store(std::make_shared<const State>(State{tvts::Store::open(path), path}));
}

std::size_t Store::size() const { return state_->store.size(); }

std::int64_t Store::dim() const { return static_cast<std::int64_t>(state_->store.dim()); }

std::string Store::model_path() const {
  const auto& header = state_->store.header();
  return header ? header->model_path : "";
}

namespace {

void check_row(const tvts::Store& store, std::size_t index) {
  if (index >= store.size()) fail_usage("row ", index, " of a store of ", store.size(), " rows");
}

}  // namespace

Row Store::row(std::size_t index) const {
  check_row(state_->store, index);
  StoredRow stored = state_->store.describe(index);
  return {.path = std::move(stored.item.path),
          .start = stored.info.start,
          .end = stored.info.end,
          .frame_seconds = std::move(stored.info.frame_seconds),
          .caption = std::move(stored.item.caption),
          .label = std::move(stored.item.label),
          .warnings = std::move(stored.info.warnings)};
}

std::span<const float> Store::vector(std::size_t index) const {
  check_row(state_->store, index);
  return state_->store.embedding(index);
}

namespace {

const StoreHeader& header_of(const tvts::Store& store, const std::string& path) {
  if (!store.header()) fail_input(path, " does not say which model made it; load that with Model::load()");
  return *store.header();
}

}  // namespace

Model Store::load_model(const std::string& file, const std::string& device) const {
  const StoreHeader& header = header_of(state_->store, state_->path);
  const std::string path = model_of_store(state_->path, header, file, KnownHashes(/*folder=*/""));
  return Model::load(path, {.precision = header.precision, .device = device});
}

std::vector<float> Store::encode_query(const Model& model, const std::string& path, const Run& run) const {
  const PretrainedModel& pretrained = model.state().pretrained;
  const EmbedOptions embed = query_options(header_of(state_->store, state_->path), pretrained.spec, threads_of(run),
                                           VideoOptions().memory_budget);
  return to_vector(embed_file(pretrained.model, embed, path, run.stop));
}

std::vector<Hit> Store::search(std::span<const float> query, bool is_text, const SearchOptions& options,
                               const Run& run) const {
  const tvts::Store& store = state_->store;
  if (query.size() != store.dim())
    fail_input("the query has ", query.size(), " numbers, the store's rows ", store.dim());
  const tvts::SearchOptions search = {.k = options.k,
                                      .min_score = options.min_score,
                                      .max_p = options.max_p,
                                      .min_z = options.min_z,
                                      .significance = is_text,
                                      .per_video = options.per_video,
                                      .threads = threads_of(run)};
  check_bounds(search);
  throw_if_stopped(run.stop);
  const auto of_queries = exact_search(store, query, search);
  std::vector<Hit> hits;
  for (const tvts::Hit& found : of_queries.at(0)) {
    const StoredRow row = store.describe(found.row);
    Hit hit = {.path = row.item.path, .start = row.info.start, .end = row.info.end, .score = found.score};
    if (found.significance) {
      hit.p = found.significance->p;
      hit.z = found.significance->z;
      hit.p_is_bound = found.significance->p_is_bound;
    }
    hits.push_back(std::move(hit));
  }
  return hits;
}

}  // namespace tvts::api
