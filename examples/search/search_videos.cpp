// Searches videos by a text.
//
//   search_videos FOLDER TEXT            embeds the videos of a folder, then compares
//   search_videos --store STORE TEXT     looks into a store that `tvts embed` wrote
#include <tvts/api/tvts.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <numeric>

namespace {

using tvts::api::Model;

void search_folder(const Model& model, const std::string& folder, const std::string& text) {
  const tvts::api::Embeddings videos = tvts::api::embed_videos(model, {folder});
  const std::vector<float> query = tvts::api::encode_text(model, {text});
  std::vector<std::pair<float, std::size_t>> scores;  // cosines, since all rows have length 1
  for (std::size_t i = 0; i < videos.rows.size(); ++i) {
    const auto row = videos.vector(i);
    scores.emplace_back(std::inner_product(row.begin(), row.end(), query.begin(), 0.0F), i);
  }
  std::ranges::sort(scores, std::greater());
  for (const auto& [score, row] : scores) std::printf("%.4f\t%s\n", score, videos.rows[row].path.c_str());
  for (const auto& [path, reason] : videos.failed) std::cerr << path << ": " << reason << "\n";
}

void search_store(const Model& model, const std::string& path, const std::string& text) {
  const auto store = tvts::api::Store::open(path);
  for (const auto& hit : store.search(tvts::api::encode_text(model, {text}), /*is_text=*/true)) {
    std::printf("%.4f\t%s\n", hit.score, hit.path.c_str());
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  const bool has_store = arguments.size() == 3 && arguments[0] == "--store";
  if (!has_store && arguments.size() != 2) {
    std::cerr << "usage: search_videos FOLDER TEXT, or search_videos --store STORE TEXT\n";
    return 2;
  }
  tvts::api::set_log([](tvts::api::LogLevel, const std::string& sentence) { std::cerr << sentence << "\n"; });
  try {
    const Model model = Model::load();  // the small model; give the path of a model file here
    if (has_store) {
      search_store(model, arguments[1], arguments[2]);
    } else {
      search_folder(model, arguments[0], arguments[1]);
    }
  } catch (const tvts::Error& error) {
    std::cerr << error.what() << "\n";
    return error.exit_code();
  }
  return 0;
}
