// The data members of Model.
#pragma once

#include "tvts/api/tvts.h"
#include "tvts/model/pretrained/load_model.h"

namespace tvts::api {

struct Model::State {
  PretrainedModel pretrained;
};

ModelInfo info_of(const std::string& path, const ModelSpec& spec, Precision precision);

}  // namespace tvts::api
