// Just enough to read the reference numbers without libtorch: JSON, and .safetensors files of bytes and floats.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/support/golden_folder.h"

namespace tvts::test {

inline nlohmann::json golden_json(const std::string& name) {
  return nlohmann::json::parse(std::ifstream(golden_file(name)));
}

class GoldenTensors {
 public:
  explicit GoldenTensors(const std::string& name) {
    std::ifstream file(golden_file(name), std::ios::binary);
    content_.assign(std::istreambuf_iterator<char>(file), {});
    std::uint64_t header = 0;
    std::memcpy(&header, content_.data(), 8);
    header_ = nlohmann::json::parse(content_.substr(8, header));
    begin_ = 8 + header;
  }
  bool contains(const std::string& name) const { return header_.contains(name); }
  template <class Value>
  std::vector<Value> values(const std::string& name) const {
    const auto offsets = header_.at(name).at("data_offsets").get<std::vector<std::size_t>>();
    std::vector<Value> out((offsets[1] - offsets[0]) / sizeof(Value));
    std::memcpy(out.data(), content_.data() + begin_ + offsets[0], out.size() * sizeof(Value));
    return out;
  }
  template <std::size_t Axes>
  std::array<std::size_t, Axes> shape(const std::string& name) const {
    return header_.at(name).at("shape").get<std::array<std::size_t, Axes>>();
  }

 private:
  std::string content_;
  nlohmann::json header_;
  std::size_t begin_;
};

}  // namespace tvts::test
