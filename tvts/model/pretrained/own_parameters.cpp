#include "tvts/model/pretrained/own_parameters.h"

namespace tvts {

void own_parameters(DualEncoder& model) {
  for (auto& [name, parameter] : named_parameters(model)) parameter.set_data(parameter.clone());
}

}  // namespace tvts
