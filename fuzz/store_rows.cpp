// A store's metadata: a shard whose npy has a row for each line is opened and searched, and each line that can be read
// is written again and read as the same.
#include <algorithm>
#include <string_view>

#include "fuzz/support/input_file.h"
#include "fuzz/support/target.h"
#include "fuzz/support/text.h"
#include "tvts/core/error.h"
#include "tvts/core/npy.h"
#include "tvts/media/inputs/row.h"
#include "tvts/store/exact.h"

namespace tvts::fuzz {
namespace {

constexpr std::size_t kDim = 2;

std::size_t lines_of(std::string_view text) {
  const auto ends = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  return ends + (text.empty() || text.ends_with('\n') ? 0 : 1);
}

void check_line(std::string_view line) {
  try {
    const StoredRow row = parse_row_line(line);
    // The key and the texts have lost what is not UTF-8 by then, so that the second writing is the first.
    const std::string written = row_line(row);
    TVTS_ASSERT(row_line(parse_row_line(written)) == written);
    TVTS_ASSERT(row.info.start >= 0 && row.info.end >= row.info.start && row.info.frames_found >= 0);
  } catch (const Error&) {
  }
  try {
    const std::string written = error_line(parse_error_line(line), "unreadable", "no frame");
    TVTS_ASSERT(error_line(parse_error_line(written), "unreadable", "no frame") == written);
  } catch (const Error&) {
  }
}

}  // namespace

void one_input(Bytes input) {
  const std::string_view text = text_of(input);
  check_line(text.substr(0, text.find('\n')));
  const std::size_t rows = lines_of(text);
  const std::int64_t shape[] = {static_cast<std::int64_t>(rows), kDim};
  input_file("v.jsonl", input);
  write_npy(scratch_folder() + "/v.npy", shape, std::vector<float>(rows * kDim, 0.5F));
  const Store store = Store::open(scratch_folder() + "/v.npy");
  const auto hits = exact_search(store, std::vector<float>{1, 0}, {.k = rows});
  for (const Hit& hit : hits.at(0)) {
    TVTS_ASSERT(store.video(hit.row) < store.videos());
    TVTS_ASSERT(!hit.significance || (hit.significance->p >= kLowestP && hit.significance->p <= 1));
    store.describe(hit.row);
  }
}

}  // namespace tvts::fuzz
