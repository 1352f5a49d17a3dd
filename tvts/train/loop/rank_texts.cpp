#include "tvts/train/loop/rank_texts.h"

#include <cstring>
#include <optional>

#include "tvts/core/error.h"

namespace tvts {
namespace {

// The kind of an error and its sentence, as one text.
std::string written(const Error& error) { return concat(error.exit_code(), " ", error.what()); }

Error read_error(const std::string& text) {
  const std::size_t space = text.find(' ');
  return {static_cast<ErrorKind>(std::stoi(text.substr(0, space))), text.substr(space + 1)};
}

}  // namespace

std::vector<std::string> all_gather_texts(const std::string& text, Collective& collective) {
  const at::Tensor sizes = collective.all_gather(at::full({1}, static_cast<int64_t>(text.size()), at::kLong));
  const auto longest = std::max<int64_t>(1, sizes.max().item<int64_t>());
  const at::Tensor padded = at::zeros({1, longest}, at::kByte);
  std::memcpy(padded.data_ptr(), text.data(), text.size());
  const at::Tensor all = collective.all_gather(padded).contiguous();
  std::vector<std::string> texts;
  for (int64_t rank = 0; rank < sizes.size(0); ++rank) {
    const auto* bytes = static_cast<const char*>(all[rank].const_data_ptr());
    texts.emplace_back(bytes, static_cast<std::size_t>(sizes[rank].item<int64_t>()));
  }
  return texts;
}

void on_rank0(const std::function<void()>& work, Collective& collective) {
  std::string failure;
  if (collective.rank() == 0) {
    try {
      work();
    } catch (const Error& error) {
      failure = written(error);
    }
  }
  const std::string told = all_gather_texts(failure, collective).front();
  if (!told.empty()) throw read_error(told);
}

}  // namespace tvts
