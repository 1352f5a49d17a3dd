#include "tvts/features/token_output.h"

#include "tvts/core/folders.h"
#include "tvts/media/clips/item_list.h"
#include "tvts/media/inputs/npz.h"
#include "tvts/model/weights/sha256.h"

namespace tvts {
namespace {

// values: contiguous, and kept by the caller for as long as the entry is used.
NpzEntry entry(const std::string& name, const at::Tensor& values) {
  return {.name = name,
          .shape = values.sizes().vec(),
          .values = {values.const_data_ptr<float>(), static_cast<std::size_t>(values.numel())}};
}

}  // namespace

void write_tokens(EmbeddedItem& item, const std::string& folder, const std::string& base) {
  make_folder(folder);
  const std::string asked = item.item.path + part_of(item_id(item.item));
  const std::string stem = sha256_hex(std::as_bytes(std::span(asked))).substr(0, 16);
  for (std::size_t row = 0; row < item.result.rows.size(); ++row) {
    const std::string name = stem + "_" + std::to_string(row) + ".npz";
    const at::Tensor embedding = at::tensor(item.result.rows[row].embedding);
    const at::Tensor frames = item.tokens[row].frames.contiguous(), tokens = item.tokens[row].tokens.contiguous();
    write_npz(folder + "/" + name, {entry("embedding", embedding), entry("frames", frames), entry("tokens", tokens)});
    item.result.rows[row].info.tokens = base + name;
  }
}

}  // namespace tvts
