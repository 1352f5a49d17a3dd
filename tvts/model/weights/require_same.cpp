#include <string_view>

#include "tvts/core/error.h"
#include "tvts/model/weights/infer.h"
#include "tvts/model/weights/model_fields.h"

namespace tvts {
namespace {

struct Field {
  std::string name, value;
};

std::string text_of(const std::string& value) { return value; }
std::string text_of(int64_t value) { return std::to_string(value); }
std::string text_of(ModelKind kind) { return to_string(kind); }
std::string text_of(Activation activation) { return to_string(activation); }

std::vector<Field> fields_of(const ModelConfig& config) {
  std::vector<Field> fields;
  visit_fields(config, [&](const char* name, const auto& value) { fields.push_back({name, text_of(value)}); });
  return fields;
}

}  // namespace

void require_same(const ModelConfig& asked, const ModelConfig& found, const std::string& path,
                  const std::string& detail) {
  const std::vector<Field> wanted = fields_of(asked), there = fields_of(found);
  std::string differences;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].name == "name" || wanted[i].value == there[i].value) continue;
    differences +=
        concat(differences.empty() ? "" : "; ", there[i].name, " is ", there[i].value, ", asked ", wanted[i].value);
  }
  if (differences.empty()) return;
  fail_input(path, " holds the model ", found.name, ", but ", asked.name, " was asked for: ", differences,
             detail.empty() ? "" : "; ", detail, " (ask for the model that the file holds, or for none)");
}

}  // namespace tvts
