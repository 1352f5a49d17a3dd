#include "cli/text_warnings.h"

#include <algorithm>

#include "tvts/core/error.h"
#include "tvts/core/log.h"
#include "tvts/core/utf8.h"

namespace tvts::cli {

void warn_of_cut_texts(const Tokenizer& tokenizer, const std::vector<std::string>& texts, const std::string& source) {
  constexpr std::size_t kLongestShown = 60;
  const auto is_cut = [&](const std::string& text) { return tokenizer.cuts(text); };
  const auto first = std::ranges::find_if(texts, is_cut);
  if (first == texts.end()) return;
  log_warning(concat(source, ": ", std::count_if(first, texts.end(), is_cut), " of ", texts.size(),
                     " texts are longer than the ", tokenizer.context_length() - 2,
                     " tokens that the model reads, and what follows these is left out; the first begins '",
                     to_utf8(first->substr(0, kLongestShown)), "'"));
}

}  // namespace tvts::cli
