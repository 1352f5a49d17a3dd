// Files of labels, as lines, tables or JSON: the first byte chooses. Names that were read are read again as they are.
#include "fuzz/support/target.h"
#include "fuzz/support/text.h"
#include "tvts/core/error.h"
#include "tvts/core/json/json_text.h"
#include "tvts/media/inputs/file_text.h"
#include "tvts/media/inputs/label_file.h"

namespace tvts::fuzz {

void one_input(Bytes input) {
  const std::string names[] = {"labels.txt", "labels.csv", "labels.tsv", "labels.json"};
  const std::string& file = names[take_choice(input, std::size(names))];
  const Labels labels = read_labels(decoded_text(std::string(text_of(input))), file);
  TVTS_ASSERT(!labels.names.empty());
  Json list = Json::array();
  for (const std::string& name : labels.names) list.push_back(to_utf8(name));
  const Labels again = read_labels(list.dump(), "labels.json");
  TVTS_ASSERT(again.names == list.get<std::vector<std::string>>());
}

}  // namespace tvts::fuzz
