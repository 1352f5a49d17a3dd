// Losses, gradients, optimiser and parameters after training steps against the published implementation.
#include <nlohmann/json.hpp>

#include "tests/support/golden.h"
#include "tests/train/thread_ranks.h"
#include "tvts/objective/batch_gradients.h"
#include "tvts/objective/contrastive.h"
#include "tvts/objective/objective.h"
#include "tvts/train/optimizer.h"

namespace tvts::test {
namespace {

constexpr int64_t kSegments = 4;

ModelConfig training_config(const nlohmann::json& about) {
  const nlohmann::json& sizes = about.at("config");
  ModelConfig config;
  config.name = "golden";
  config.embed_dim = sizes.at("embed");
  config.video = {.width = sizes.at("vwidth"),
                  .layers = sizes.at("vlayers"),
                  .heads = sizes.at("vheads"),
                  .patch_size = sizes.at("patch"),
                  .image_size = sizes.at("res"),
                  .num_frames = sizes.at("frames")};
  config.text = {.width = sizes.at("twidth"),
                 .layers = sizes.at("tlayers"),
                 .heads = sizes.at("theads"),
                 .vocab_size = sizes.at("vocab")};
  return config;
}

class GoldenTraining : public testing::Test {
 protected:
  void SetUp() override {
    TVTS_SKIP_WITHOUT(golden_dir());
    about_ = golden_json("train");
    batches_ = golden_tensors("train_batches");
    weights_ = golden_tensors("train_weights");
  }

  DualEncoder start_model() const {
    DualEncoder model = make_dual_encoder(training_config(about_));
    model.sort_head = SortHead(model.config.embed_dim, kSegments);
    fill(*model.video, weights_, "video_model.");
    fill(*model.text, weights_, "");
    fill(*model.sort_head, weights_, "pred_model.");
    return model;
  }

  ObjectiveBatch batch(const std::string& name) const {
    const bool sorted = name == "yt";
    at::Tensor ids = batches_.at(name + ".text");
    if (sorted) ids = ids.unflatten(0, {kSegments, -1}).transpose(0, 1).flatten(0, 1);  // golden is segment-major
    return {.video = batches_.at(name + ".video"),
            .ids = ids,
            .keep = batches_.at(name + ".keep_ind"),
            .segments = sorted ? kSegments : 1,
            .sort = sorted};
  }

  Losses losses(DualEncoder& model, const ObjectiveBatch& batch) const {
    Collective alone;
    return compute_losses(model, batch, {}, alone);
  }

  static std::vector<at::Tensor> values_of(const DualEncoder& model) {
    std::vector<at::Tensor> values;
    for (const auto& [name, value] : named_parameters(model)) values.push_back(value);
    return values;
  }

  static void expect_loss(const at::Tensor& loss, double expected, const std::string& what) {
    EXPECT_NEAR(loss.item<double>(), expected, 1e-5 * expected) << what;
  }

  // parts: into which the batch is split, which the definition in one piece (0) does not know.
  void expect_gradients(const std::string& name, int64_t parts) {
    DualEncoder model = start_model();
    if (parts == 0) {
      losses(model, batch(name)).total.backward();
    } else {
      Lanes lanes(2);
      Collective alone;
      BatchGradients(model, values_of(model), parts, lanes).add(batch(name), {}, alone, 1);
    }
    const nlohmann::json noise = about_.at("float32_noise").at(name).at("gradients_norm_and_error");
    const Tensors expected = golden_tensors("train_grads_" + name);
    for (auto& [parameter, value] : named_parameters(model)) {
      if (!expected.contains(parameter)) {
        EXPECT_FALSE(value.grad().defined()) << parameter;
        continue;
      }
      const double error = (value.grad() - expected.at(parameter)).norm().item<double>();
      EXPECT_LE(error, 10 * noise.at(parameter).at(1).get<double>()) << name << " gradient of " << parameter;
    }
  }

  // Trains on yt, webvid, yt, each batch in so many parts; calls after(step) behind each.
  void train(bool fast, int64_t parts, const std::function<void(int, const DualEncoder&)>& after) {
    DualEncoder model = start_model();
    OptimizerOptions options;
    const char* rate = fast ? "lr_fast" : "lr";
    options.rate_added = about_.at("group_settings").at("decay_new").at(rate);
    options.rate_clip = about_.at("group_settings").at("decay_clip").at(rate);
    Optimizer optimizer(model, {.text_layers = model.config.text.layers * 3 / 4}, options);
    Lanes lanes(1);
    Collective alone;
    BatchGradients gradients(model, optimizer.values(), parts, lanes);
    for (const nlohmann::json& step : about_.at(fast ? "steps_fast" : "steps")) {
      const Losses now = gradients.add(batch(step.at("batch")), {}, alone, 1);
      expect_loss(now.total, step.at("total"), "total of step " + step.at("step").dump());
      expect_loss(now.contrastive, step.at("vtc"), "vtc of step " + step.at("step").dump());
      if (!step.at("ts").is_null()) expect_loss(now.sorting, step.at("ts"), "ts of step " + step.at("step").dump());
      optimizer.step(1, lanes);
      after(step.at("step"), model);
    }
  }

  void expect_parameters(const DualEncoder& model, const std::string& name) {
    const nlohmann::json noise = about_.at("update_and_float32_noise").at(name);
    const Tensors expected = golden_tensors("train_" + name);
    std::size_t compared = 0;
    for (auto& [parameter, value] : named_parameters(model)) {
      if (!expected.contains(parameter)) continue;
      const double largest = (value - expected.at(parameter)).abs().max().item<double>();
      EXPECT_LE(largest, 10 * noise.at(parameter).at(1).get<double>()) << name << " " << parameter;
      ++compared;
    }
    EXPECT_EQ(compared, expected.size());
  }

  nlohmann::json about_;
  Tensors batches_, weights_;
};

TEST_F(GoldenTraining, ForwardPassAndLossesAgree) {
  const Tensors expected = golden_tensors("train_forward");
  DualEncoder model = start_model();
  for (const std::string name : {"yt", "webvid"}) {
    const Losses now = losses(model, batch(name));
    const double noise = about_.at("float32_noise").at(name).at("total");
    const at::Tensor similarity = expected.at(name + ".sim");
    expect_close(now.similarity, similarity, default_noise(similarity), name + " similarity");
    expect_close(now.contrastive.reshape({1}), expected.at(name + ".vtc"), noise, name + " vtc");
    expect_close(now.total.reshape({1}), expected.at(name + ".total"), noise, name + " total");
    if (name == "webvid") continue;
    const at::Tensor logits = expected.at("yt.order_logits");
    expect_close(now.sort_logits, logits, default_noise(logits), "yt order logits");
  }
}

TEST_F(GoldenTraining, GradientsOfASortedBatchAgree) { expect_gradients("yt", 0); }

TEST_F(GoldenTraining, GradientsOfAnAltTextBatchAgree) { expect_gradients("webvid", 0); }

TEST_F(GoldenTraining, GradientsOfBatchesInPartsAgree) {
  for (const int64_t parts : {1, 2, 3}) {
    expect_gradients("yt", parts);
    expect_gradients("webvid", parts);
  }
}

TEST_F(GoldenTraining, GroupsAgree) {
  DualEncoder model = start_model();
  const FreezeOptions freeze = {.text_layers = model.config.text.layers * 3 / 4};
  for (const auto& [name, group] : about_.at("groups").items()) {
    EXPECT_EQ(to_string(parameter_group(name, freeze)), group) << name;
  }
}

TEST_F(GoldenTraining, GroupsOfTheFullSizeModelsAgree) {
  const nlohmann::json models = golden_json("full_size_names");
  for (const auto& [model, about] : models.items()) {
    const FreezeOptions freeze = {.text_layers = model.starts_with("H") ? 18 : 9};
    for (const auto& parameter : about.at("parameters")) {
      EXPECT_EQ(to_string(parameter_group(parameter.at("name"), freeze)), parameter.at("group"))
          << model << " " << parameter.at("name");
    }
  }
}

TEST_F(GoldenTraining, ParametersAfterOneAndThreeStepsAgree) {
  train(/*fast=*/false, /*parts=*/1, [&](int step, const DualEncoder& model) {
    if (step == 1) expect_parameters(model, "after_1");
    if (step == 3) expect_parameters(model, "after_3");
  });
}

TEST_F(GoldenTraining, ParametersAfterThreeFastStepsAgree) {
  train(/*fast=*/true, /*parts=*/1, [&](int step, const DualEncoder& model) {
    if (step == 3) expect_parameters(model, "after_3_fast");
  });
}

TEST_F(GoldenTraining, ParametersAfterThreeStepsInPartsAgree) {
  train(/*fast=*/false, /*parts=*/3, [&](int step, const DualEncoder& model) {
    if (step == 3) expect_parameters(model, "after_3");
  });
  train(/*fast=*/true, /*parts=*/3, [&](int step, const DualEncoder& model) {
    if (step == 3) expect_parameters(model, "after_3_fast");
  });
}

TEST_F(GoldenTraining, AdamWAloneAgrees) {
  const nlohmann::json about = golden_json("adamw");
  const Tensors values = golden_tensors("adamw");
  for (const std::string name : {"b", "big", "g", "w"}) {
    TrainedParameter parameter = {
        .name = name, .value = values.at("start." + name).clone(), .weight_decay = about.at("weight_decay").at(name)};
    for (int step = 1; step <= about.at("steps").get<int>(); ++step) {
      const auto gradient = values.find("grad" + std::to_string(step) + "." + name);
      if (gradient != values.end()) adamw_step(parameter, gradient->second, about.at("lr").at(name), {});
      const at::Tensor expected = values.at("after" + std::to_string(step) + "." + name);
      expect_close(parameter.value, expected, default_noise(expected), name + " after " + std::to_string(step));
    }
  }
}

TEST_F(GoldenTraining, GatheredEmbeddingsGiveThePublishedGradientOfEachRank) {
  const Tensors values = golden_tensors("allgather");
  ThreadRanks(2).run([&](Collective& collective) {
    const std::string rank = "rank" + std::to_string(collective.rank()) + ".";
    const at::Tensor video = values.at(rank + "video").clone().requires_grad_(),
                     text = values.at(rank + "text").clone().requires_grad_();
    const at::Tensor similarity = similarity_matrix(gather(video, collective, GatherGradient::kPublished),
                                                    gather(text, collective, GatherGradient::kPublished));
    const at::Tensor loss = contrastive_loss(similarity, 0.05);
    loss.backward();
    expect_close(similarity, values.at("sim"), default_noise(values.at("sim")), rank + "sim");
    expect_close(loss.reshape({1}), values.at("loss"), default_noise(values.at("loss")), rank + "loss");
    for (const auto& [name, tensor] : {std::pair("grad_video", video), std::pair("grad_text", text)}) {
      expect_close(tensor.grad(), values.at(rank + name), default_noise(values.at(rank + name)), rank + name);
    }
  });
}

// The first or second half of a batch's clips.
ObjectiveBatch half(const ObjectiveBatch& batch, int64_t rank) {
  const int64_t clips = batch.video.size(0) / 2;
  ObjectiveBatch part = batch;
  part.video = batch.video.narrow(0, rank * clips, clips);
  part.keep = batch.keep.narrow(0, rank * clips, clips);
  part.ids = batch.ids.narrow(0, rank * clips * batch.segments, clips * batch.segments);
  return part;
}

TEST_F(GoldenTraining, TwoRanksAverageToThePublishedGradients) {
  const nlohmann::json two = about_.at("two_ranks");
  const Tensors expected = golden_tensors("train_two_ranks");
  std::vector<DualEncoder> models = {start_model(), start_model()};
  ThreadRanks(2).run([&](Collective& collective) {
    const auto rank = static_cast<std::size_t>(collective.rank());
    const Losses now = compute_losses(models[rank], half(batch("yt"), collective.rank()),
                                      {.gather_gradient = GatherGradient::kPublished}, collective);
    expect_loss(now.total, two.at("ranks").at(rank).at("total"), "total");
    expect_loss(now.sorting, two.at("ranks").at(rank).at("ts"), "ts");
    now.total.backward();
  });
  const auto first = named_parameters(models[0]), second = named_parameters(models[1]);
  for (std::size_t i = 0; i < first.size(); ++i) {
    const std::string& name = first[i].first;
    const at::Tensor mean = (first[i].second.grad() + second[i].second.grad()) / 2;
    const double norm = two.at("averaged_gradient_norms").at(name);
    EXPECT_NEAR(mean.norm().item<double>(), norm, 1e-5 * norm + 1e-6) << name;
    const auto found = expected.find("averaged." + name);
    if (found == expected.end()) continue;
    const double largest = found->second.abs().max().item<double>();
    EXPECT_LE((mean - found->second).abs().max().item<double>(), 1e-5 * largest + 1e-7) << name;
  }
}

TEST_F(GoldenTraining, TwoRanksWithTheExactGatherGiveTheGradientsOfOneProcess) {
  DualEncoder whole = start_model();
  losses(whole, batch("yt")).total.backward();
  std::vector<DualEncoder> models = {start_model(), start_model()};
  ThreadRanks(2).run([&](Collective& collective) {
    compute_losses(models[static_cast<std::size_t>(collective.rank())], half(batch("yt"), collective.rank()), {},
                   collective)
        .total.backward();
  });
  const auto expected = named_parameters(whole), first = named_parameters(models[0]),
             second = named_parameters(models[1]);
  for (std::size_t i = 0; i < first.size(); ++i) {
    const at::Tensor mean = (first[i].second.grad() + second[i].second.grad()) / 2;
    const double norm = expected[i].second.grad().norm().item<double>();
    EXPECT_LE((mean - expected[i].second.grad()).norm().item<double>(), 2e-5 * norm + 1e-6) << first[i].first;
  }
}

}  // namespace
}  // namespace tvts::test
