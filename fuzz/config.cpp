// Configs of models and of training runs: what is read is written and read again as the same.
#include "fuzz/support/target.h"
#include "fuzz/support/text.h"
#include "tvts/core/error.h"
#include "tvts/model/weights/model_json.h"
#include "tvts/train/loop/train_config.h"

namespace tvts::fuzz {

void one_input(Bytes input) {
  const std::size_t form = take_choice(input, 2);
  const std::string text(text_of(input));
  const auto rewrite = [&](const std::string& json) {
    return form == 0 ? config_to_json(config_from_json(json, "input"))
                     : train_config_to_json(train_config_from_json(json, "input"));
  };
  const std::string written = rewrite(text);
  TVTS_ASSERT(rewrite(written) == written);
}

}  // namespace tvts::fuzz
