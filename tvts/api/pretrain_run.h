// A pre-training run on this process alone, from its request: for the command and for the public face.
#pragma once

#include <functional>
#include <string>

#include "tvts/api/pretrain.h"
#include "tvts/core/job_control.h"

namespace tvts {

// Returns the path of the model. Throws what api::pretrain() throws.
std::string run_pretraining(const api::PretrainRequest& request, const JobControl& control,
                            const std::function<void(const api::TrainStep&)>& on_step = {});

}  // namespace tvts
