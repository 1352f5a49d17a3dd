// The files that a probe writes.
#include "tvts/evaluate/probe/probe_files.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <sstream>

#include "tests/evaluate/probe/probe_support.h"
#include "tests/support/temporary_folder.h"
#include "tvts/evaluate/probe/probe_report.h"
#include "tvts/model/weights/safetensors.h"

namespace tvts {
namespace {

using test::clustered;
using Json = nlohmann::json;

class ProbeFiles : public testing::Test {
 protected:
  void write(ProbeMethod method) {
    options_.method = method;
    outcome_ = run_probe(train_, test_, options_, {});
    write_probe(folder_ / "out", outcome_, train_, test_, options_);
  }
  Json results() { return Json::parse(test::read_text(folder_ / "out/probe.json")); }
  std::vector<Json> predictions() {
    std::vector<Json> lines;
    std::istringstream text(test::read_text(folder_ / "out/predictions.jsonl"));
    for (std::string line; std::getline(text, line);) lines.push_back(Json::parse(line));
    return lines;
  }

  const test::TemporaryFolder folder_;
  const ProbeSet train_ = clustered(60, "train"), test_ = clustered(30, "test");
  ProbeOptions options_;
  ProbeOutcome outcome_;
};

TEST_F(ProbeFiles, TheResultsSayWhatDecidedThem) {
  write(ProbeMethod::kSgd);
  const Json json = results();
  EXPECT_EQ(json["probe"]["momentum"], 0.9);
  EXPECT_EQ(json["probe"]["weight_decay"], 0);
  EXPECT_EQ(json["train"]["rows"], 60);
  EXPECT_EQ(json["losses"].size(), 100U);
  EXPECT_EQ(json["classes"].size(), 3U);
  EXPECT_NEAR(json["results"]["top1"].get<double>(), outcome_.accuracy.top1, 1e-9);
}

TEST_F(ProbeFiles, ThePredictionsOfTheItemsAddUpToTheAccuracy) {
  write(ProbeMethod::kNeighbours);
  double credit = 0;
  for (const Json& line : predictions()) {
    credit += line["credit"].get<double>();
    EXPECT_EQ(line["credit"].get<double>() == 1, line["best"][0]["label"] == line["label"]);
  }
  EXPECT_EQ(predictions().size(), 30U);
  EXPECT_EQ(predictions()[4]["path"], "video 4.mp4");
  EXPECT_NEAR(100 * credit / 30, outcome_.accuracy.top1, 1e-9);
}

TEST_F(ProbeFiles, TheSavedWeightsGiveTheScores) {
  options_.standardize = true;
  write(ProbeMethod::kLbfgs);
  const std::string bytes = test::read_text(folder_ / "out/probe.safetensors");
  const Safetensors file = read_safetensors({std::as_bytes(std::span(bytes)), "probe.safetensors"});
  EXPECT_EQ(Json::parse(file.metadata.at("classes")), (Json{"class 0", "class 1", "class 2"}));
  std::map<std::string, at::Tensor> tensors;
  for (const NamedTensor& one : file.tensors) {
    tensors[one.name] = at::empty(one.view.shape);
    copy_to_float(one.view, {tensors[one.name].data_ptr<float>(), static_cast<std::size_t>(tensors[one.name].numel())});
  }
  const at::Tensor again = scores({.weight = tensors.at("weight"), .bias = tensors.at("bias")}, test_.features);
  EXPECT_TRUE(at::equal(again.flatten(), at::tensor(outcome_.scores)));
}

TEST_F(ProbeFiles, NeighboursHaveNoWeights) {
  write(ProbeMethod::kNeighbours);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "out/probe.safetensors"));
  EXPECT_TRUE(std::filesystem::exists(folder_ / "out/probe.html"));
}

TEST_F(ProbeFiles, TheTableBeginsWithTheWorstClass) {
  write(ProbeMethod::kLeastSquares);
  const Table classes = probe_tables(outcome_, train_, options_)[1];
  for (std::size_t i = 1; i < classes.rows.size(); ++i) {
    EXPECT_LE(*classes.rows[i - 1][2].number, *classes.rows[i][2].number);
  }
}

}  // namespace
}  // namespace tvts
