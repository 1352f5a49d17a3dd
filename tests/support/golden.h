// The reference numbers as values: safetensors files to tensors, JSON files, the bound on a float result, weights into
// a module.
#pragma once

#include <torch/torch.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/support/golden_folder.h"
#include "tvts/config/model_config.h"

namespace tvts::test {

using Tensors = std::map<std::string, at::Tensor>;

// Floats as float32, integers as int64, bytes as uint8.
Tensors read_tensors(const std::string& path);
Tensors golden_tensors(const std::string& name);  // "video_b_cases"
nlohmann::json golden_json(const std::string& name);

// Copies the tensors called `prefix` + a parameter's name into the module; every parameter must be found.
void fill(torch::nn::Module& module, const Tensors& weights, const std::string& prefix);

// Ten times the float32 noise where one is given, else 1e-5 of the largest absolute value.
void expect_close(const at::Tensor& actual, const at::Tensor& expected, double noise, const std::string& what);
double default_noise(const at::Tensor& expected);

// The configuration that video_*.json and text_*.json describe.
ModelConfig golden_config(const nlohmann::json& video, const nlohmann::json& text);

}  // namespace tvts::test
