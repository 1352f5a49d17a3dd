// tvts search: the stored videos that are nearest to a text, a video or an image.
#include <cmath>
#include <optional>

#include "cli/commands.h"
#include "cli/model_options.h"
#include "cli/output.h"
#include "cli/runtime.h"
#include "cli/text_warnings.h"
#include "cli/video_options.h"
#include "tvts/api/store_model.h"
#include "tvts/core/error.h"
#include "tvts/core/json/json_text.h"
#include "tvts/core/log.h"
#include "tvts/core/whole_file.h"
#include "tvts/features/embed_inputs.h"
#include "tvts/features/text_embedder.h"
#include "tvts/media/video/thumbnail.h"
#include "tvts/store/exact.h"
#include "tvts/store/hits_page.h"
#include "tvts/store/item_locations.h"
#include "tvts/text/clean.h"

namespace tvts::cli {
namespace {

constexpr int kThumbnailSide = 320;  // pixels

struct SearchCommandOptions {
  std::string store;
  std::vector<std::string> texts;
  std::vector<std::string> videos;
  std::vector<std::string> images;
  std::string pretrained;
  std::string precision = "";  // of the store, where empty
  std::string device = "cpu";
  tvts::SearchOptions search;
  std::string html;
  bool json = false;
  std::size_t memory_budget = api::VideoOptions().memory_budget;  // MiB
};

void declare_all(CLI::App& command, SearchCommandOptions& options) {
  command.add_option("STORE", options.store, "folder that tvts embed wrote")->required();
  command.add_option("--text", options.texts, "what to look for, in words")->allow_extra_args(false);
  command.add_option("--video", options.videos, "a video to find the like of")->allow_extra_args(false);
  command.add_option("--image", options.images, "an image to find the like of")->allow_extra_args(false);
  command.add_option("--pretrained", options.pretrained,
                     "the store's model file, where it is no longer where the store says");
  command.add_option("--precision", options.precision, "fp32, bf16, int8 or auto (default: the store's)");
  command.add_option("--device", options.device, "cpu, cuda or cuda:N")->capture_default_str();
  command.add_option("-k,--top-k", options.search.k, "hits of each query")->check(at_least(1))->capture_default_str();
  command.add_option("--min-score", options.search.min_score, "leave out hits below this score");
  command.add_option("--max-p", options.search.max_p,
                     "leave out hits that a neutral text would reach with a higher chance, 0.0039 or more");
  command.add_option("--min-z", options.search.min_z,
                     "leave out hits nearer to the scores of neutral texts than so many deviations");
  command.add_flag("--per-video", options.search.per_video, "of each video its best window only");
  command.add_option("--html", options.html, "write a page of the hits, with a picture of each")->check(no_folder);
  command.add_flag("--json", options.json, "one JSON object a line instead of columns");
  declare_memory_budget(command, options.memory_budget);
}

struct Query {
  std::string title;
  bool is_text;
  at::Tensor embedding;  // [E], of length 1
};

PretrainedModel load_store_model(const SearchCommandOptions& options, const StoreHeader& header) {
  const bool text_only = options.videos.empty() && options.images.empty();
  return load_unsaid({.file = model_of_store(options.store, header, options.pretrained, known_hashes()),
                      .options = {.precision = options.precision.empty() ? header.precision : options.precision,
                                  .device = options.device}},
                     text_only ? ModelParts::kTextOnly : ModelParts::kBoth);
}

std::vector<Query> queries(const SearchCommandOptions& options, const StoreHeader& header) {
  PretrainedModel pretrained = load_store_model(options, header);
  std::vector<Query> all;
  if (!options.texts.empty()) {
    warn_of_cut_texts(pretrained.tokenizer, options.texts, "--text");
    const at::Tensor features =
        embed_texts(pretrained.model, pretrained.tokenizer, options.texts, /*normalize=*/true, kTextBatch);
    for (std::size_t i = 0; i < options.texts.size(); ++i) {
      all.push_back({.title = options.texts[i], .is_text = true, .embedding = features[static_cast<int64_t>(i)]});
    }
  }
  for (const auto* paths : {&options.videos, &options.images}) {
    for (const std::string& path : *paths) {
      const EmbedOptions embed = query_options(header, pretrained.spec, thread_count(), options.memory_budget);
      const at::Tensor embedding = embed_file(pretrained.model, embed, path, stop_requested());
      all.push_back({.title = path, .is_text = false, .embedding = embedding});
    }
  }
  log(pretrained.remarks);  // of a query that cannot be read the reason alone is said
  return all;
}

void print_hit(const std::string& query, std::size_t rank, const StoredRow& row, const Hit& hit, bool json) {
  if (json) {
    Json line = {{"query", to_utf8(query)}, {"rank", rank}};
    line.update(path_fields(row.item.path));
    line["start"] = row.info.start;
    line["end"] = row.info.end;
    line["score"] = hit.score;
    line["p"] = nullptr;
    if (hit.significance) {
      line["p"] = hit.significance->p;
      line["p_is_bound"] = hit.significance->p_is_bound;
      line["z"] = hit.significance->z;
    }
    print_json(line);
    return;
  }
  print_columns({query, std::to_string(rank), row.item.path, fixed(row.info.start, 3), fixed(row.info.end, 3),
                 fixed(hit.score, 4), hit.significance ? p_text(*hit.significance) : ""});
}

// The middle of the hit as a JPEG; nothing when the video can no longer be read.
std::string picture(const StoredRow& row, std::size_t memory_budget) {
  try {
    const auto jpeg = thumbnail_jpeg({.path = file_of(row.item).path, .content = nullptr},
                                     (row.info.start + row.info.end) / 2, kThumbnailSide, memory_budget << 20);
    return {reinterpret_cast<const char*>(jpeg.data()), jpeg.size()};
  } catch (const Error& error) {
    log_warning(concat("no picture of ", row.item.path, ": ", error.what()));
    return "";
  }
}

PageHit page_hit(std::size_t rank, const StoredRow& row, const Hit& hit, std::size_t memory_budget) {
  return {.rank = rank,
          .path = row.item.path,
          .start = row.info.start,
          .end = row.info.end,
          .score = hit.score,
          .significance = hit.significance,
          .picture = picture(row, memory_budget)};
}

void check(const SearchCommandOptions& options) {
  if (options.texts.empty() && options.videos.empty() && options.images.empty()) {
    fail_usage("nothing to search for; give --text, --video or --image");
  }
  for (const std::string& text : options.texts) {
    if (is_blank_text(text)) fail_usage("--text '", text, "' holds no word; expected what to look for");
  }
  tvts::SearchOptions search = options.search;
  search.significance = options.videos.empty() && options.images.empty();
  check_bounds(search);
}

int run(const SearchCommandOptions& options) {
  check(options);
  const Store store = Store::open(options.store);
  if (!store.header()) fail_usage(options.store, " does not say which model made it; search needs a store folder");
  if (!store.header()->normalize) {
    fail_usage(options.store,
               " was made with --no-normalize; search compares vectors of length 1: embed again without");
  }
  HitsPage page = {.store = options.store, .model = store.header()->model_name, .queries = {}};
  for (const Query& query : queries(options, *store.header())) {
    throw_if_stopped();
    tvts::SearchOptions search = options.search;
    search.significance = query.is_text;
    search.threads = thread_count();
    const at::Tensor vector = query.embedding.contiguous();
    const auto hits = exact_search(store, {vector.const_data_ptr<float>(), store.dim()}, search).at(0);
    PageQuery& shown = page.queries.emplace_back(PageQuery{.title = query.title, .hits = {}});
    for (std::size_t i = 0; i < hits.size(); ++i) {
      const StoredRow row = store.describe(hits[i].row);
      print_hit(query.title, i + 1, row, hits[i], options.json);
      if (!options.html.empty()) shown.hits.push_back(page_hit(i + 1, row, hits[i], options.memory_budget));
    }
  }
  if (!options.html.empty()) write_whole_file(options.html, hits_page_html(page));
  return 0;
}

}  // namespace

void add_search(CLI::App& app, Action& action) {
  add_command<SearchCommandOptions>(
      app, action, "search", "Find stored videos by text, video or image",
      [](CLI::App& command, SearchCommandOptions& options) { declare_all(command, options); }, run);
}

}  // namespace tvts::cli
