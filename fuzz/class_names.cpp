// Files of class names, as lines or as JSON: the first byte chooses. Every class is found by its very name.
#include "tvts/evaluate/benchmarks/class_names.h"

#include "fuzz/support/input_file.h"
#include "fuzz/support/target.h"
#include "fuzz/support/text.h"
#include "tvts/core/error.h"
#include "tvts/media/inputs/near_names.h"

namespace tvts::fuzz {

void one_input(Bytes input) {
  const bool is_json = take_choice(input, 2) == 1;
  const ClassNames classes = ClassNames::read(input_file(is_json ? "label2id.json" : "classes.txt", input));
  TVTS_ASSERT(!classes.names().empty());
  for (std::size_t number = 0; number < classes.names().size(); ++number) {
    const std::string& name = classes.names()[number];
    TVTS_ASSERT(classes.number_of(name) == number && classes.exact_number_of(name) == number);
    TVTS_ASSERT(in_words(name).size() >= name.size());
  }
  near_names_warning(classes.names());
}

}  // namespace tvts::fuzz
