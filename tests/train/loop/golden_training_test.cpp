// Losses, gradients, optimiser and parameters after training steps against the published implementation.
#include <nlohmann/json.hpp>

#include "tests/support/golden.h"
#include "tests/train/loop/thread_ranks.h"
#include "tvts/train/loop/optimizer.h"
#include "tvts/train/objective/batch_gradients.h"
#include "tvts/train/objective/contrastive.h"
#include "tvts/train/objective/objective.h"

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
    TVTS_NEEDS_GOLDEN("train_weights.safetensors");
    about_ = golden_json("train");
    weights_ = golden_tensors("train_weights");
  }

  DualEncoder initial_model() const {
    DualEncoder model = make_dual_encoder(training_config(about_));
    model.sort_head = SortHead(model.config.embed_dim, kSegments);
    fill(*model.video, weights_, "video_model.");
    fill(*model.text, weights_, "");
    fill(*model.sort_head, weights_, "pred_model.");
    return model;
  }

  ObjectiveBatch batch(const std::string& name) const {
    const bool sorted = name == "yt";
    const Tensors batches = golden_tensors(sorted ? "train_batch_yt" : "train_batches");
    at::Tensor ids = batches.at(name + ".text");
    if (sorted) ids = ids.unflatten(0, {kSegments, -1}).transpose(0, 1).flatten(0, 1);  // golden is segment-major
    return {.video = batches.at(name + ".video"),
            .ids = ids,
            .keep = batches.at(name + ".keep_ind"),
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

  // As many rows as there are reference numbers for.
  static at::Tensor first_rows(const at::Tensor& value, const at::Tensor& expected) {
    return value.narrow(0, 0, expected.size(0));
  }

  static void expect_loss(const at::Tensor& loss, double expected, const std::string& what) {
    EXPECT_NEAR(loss.item<double>(), expected, 1e-5 * expected) << what;
  }

  // parts: into which the batch is split, which the definition in one piece (0) does not use. `file` may hold the
  // first rows alone of a gradient, the norm is that of the whole.
  void expect_gradients(const std::string& name, const std::string& file, int64_t parts) {
    DualEncoder model = initial_model();
    if (parts == 0) {
      losses(model, batch(name)).total.backward();
    } else {
      Replicas replicas(2);
      Collective alone;
      BatchGradients(model, values_of(model), parts, replicas).add(batch(name), {}, alone, 1);
    }
    const nlohmann::json noise = about_.at("float32_noise").at(name).at("gradients_norm_and_error");
    const Tensors expected = golden_tensors(file);
    EXPECT_EQ(expected.size(), noise.size());
    for (auto& [parameter, value] : named_parameters(model)) {
      if (!expected.contains(parameter)) {
        EXPECT_FALSE(value.grad().defined()) << parameter;
        continue;
      }
      const double bound = 10 * noise.at(parameter).at(1).get<double>(), norm = noise.at(parameter).at(0);
      EXPECT_NEAR(value.grad().norm().item<double>(), norm, bound) << name << " gradient of " << parameter;
      const double error =
          (first_rows(value.grad(), expected.at(parameter)) - expected.at(parameter)).norm().item<double>();
      EXPECT_LE(error, bound) << name << " gradient of " << parameter;
    }
  }

  // Trains on the first so many of yt, webvid, yt, each batch in so many parts; calls after(step) behind each.
  void train(int steps, bool fast, int64_t parts, const std::function<void(int, const DualEncoder&)>& after) {
    DualEncoder model = initial_model();
    OptimizerOptions options;
    const char* rate = fast ? "lr_fast" : "lr";
    options.rate_new = about_.at("group_settings").at("decay_new").at(rate);
    options.rate_clip = about_.at("group_settings").at("decay_clip").at(rate);
    Optimizer optimizer(model, {.text_layers = model.config.text.layers * 3 / 4}, options);
    Replicas replicas(1);
    Collective alone;
    BatchGradients gradients(model, optimizer.values(), parts, replicas);
    for (const nlohmann::json& step : about_.at(fast ? "steps_fast" : "steps")) {
      if (step.at("step").get<int>() > steps) break;
      const Losses now = gradients.add(batch(step.at("batch")), {}, alone, 1);
      expect_loss(now.total, step.at("total"), "total of step " + step.at("step").dump());
      expect_loss(now.contrastive, step.at("vtc"), "vtc of step " + step.at("step").dump());
      if (!step.at("ts").is_null()) expect_loss(now.sorting, step.at("ts"), "ts of step " + step.at("step").dump());
      optimizer.step(1, replicas);
      after(step.at("step"), model);
    }
  }

  void expect_parameters(const DualEncoder& model, const std::string& name, const std::string& file) {
    const nlohmann::json noise = about_.at("update_and_float32_noise").at(name);
    const Tensors expected = golden_tensors(file);
    std::size_t compared = 0;
    for (auto& [parameter, value] : named_parameters(model)) {
      if (!expected.contains(parameter)) continue;
      const double largest =
          (first_rows(value, expected.at(parameter)) - expected.at(parameter)).abs().max().item<double>();
      EXPECT_LE(largest, 10 * noise.at(parameter).at(1).get<double>()) << name << " " << parameter;
      ++compared;
    }
    EXPECT_EQ(compared, expected.size());
  }

  void expect_forward(const std::string& name) {
    const Tensors expected = golden_tensors("train_forward");
    const auto expect = [&](const at::Tensor& actual, const std::string& what, double noise = 0) {
      const at::Tensor& published = expected.at(name + what);
      expect_close(actual, published, noise > 0 ? noise : default_noise(published), name + what);
    };
    DualEncoder model = initial_model();
    const ObjectiveBatch given = batch(name);
    const Losses now = losses(model, given);
    const double noise = about_.at("float32_noise").at(name).at("total");
    expect(model.video(given.video, given.keep).embedding, ".video_embeds");
    expect(model.text(given.ids).unflatten(0, {-1, given.segments}).mean(1), ".text_embeds");
    expect(now.similarity, ".sim");
    expect(now.contrastive.reshape({1}), ".vtc", noise);
    expect(now.total.reshape({1}), ".total", noise);
    if (given.sort) expect(now.sort_logits, ".order_logits");
  }

  nlohmann::json about_;
  Tensors weights_;
};

TEST_F(GoldenTraining, ForwardPassAndLossesOfASortedBatchAgree) { expect_forward("yt"); }

TEST_F(GoldenTraining, ForwardPassAndLossesOfAnAltTextBatchAgree) {
  TVTS_NEEDS_GOLDEN("train_batches.safetensors");
  expect_forward("webvid");
}

TEST_F(GoldenTraining, TextFeaturesOfSingleCaptionsAgree) {
  TVTS_NEEDS_GOLDEN("train_texts_webvid.safetensors");
  const at::Tensor expected = golden_tensors("train_forward").at("webvid.text_embeds");
  const at::Tensor actual = initial_model().text(golden_tensors("train_texts_webvid").at("webvid.text"));
  expect_close(actual, expected, default_noise(expected), "webvid.text_embeds");
}

TEST_F(GoldenTraining, GradientsOfASortedBatchAgreeInNormAndFirstRows) {
  for (const int64_t parts : {0, 1, 2, 3}) expect_gradients("yt", "train_grads_yt_rows", parts);
}

TEST_F(GoldenTraining, GradientsOfASortedBatchAgree) {
  TVTS_NEEDS_GOLDEN("train_grads_yt.safetensors");
  for (const int64_t parts : {0, 1, 2, 3}) expect_gradients("yt", "train_grads_yt", parts);
}

TEST_F(GoldenTraining, GradientsOfAnAltTextBatchAgree) {
  TVTS_NEEDS_GOLDEN("train_grads_webvid.safetensors");
  for (const int64_t parts : {0, 1, 2, 3}) expect_gradients("webvid", "train_grads_webvid", parts);
}

TEST_F(GoldenTraining, GroupsAgree) {
  DualEncoder model = initial_model();
  const FreezeOptions freeze = {.text_layers = model.config.text.layers * 3 / 4};
  for (const auto& [name, group] : about_.at("groups").items()) {
    EXPECT_EQ(to_string(parameter_group(name, freeze)), group) << name;
  }
}

TEST_F(GoldenTraining, GroupsOfTheFullSizeModelsAgree) {
  TVTS_NEEDS_GOLDEN("full_size_names.json");
  const nlohmann::json models = golden_json("full_size_names");
  for (const auto& [model, about] : models.items()) {
    const FreezeOptions freeze = {.text_layers = model.starts_with("H") ? 18 : 9};
    for (const auto& parameter : about.at("parameters")) {
      EXPECT_EQ(to_string(parameter_group(parameter.at("name"), freeze)), parameter.at("group"))
          << model << " " << parameter.at("name");
    }
  }
}

TEST_F(GoldenTraining, ParametersAfterOneStepAgreeInFirstRows) {
  for (const int64_t parts : {1, 3}) {
    train(/*steps=*/1, /*fast=*/false, parts,
          [&](int, const DualEncoder& model) { expect_parameters(model, "after_1", "train_after_1_rows"); });
  }
}

TEST_F(GoldenTraining, ParametersAfterOneAndThreeStepsAgree) {
  TVTS_NEEDS_GOLDEN("train_after_3.safetensors");
  for (const int64_t parts : {1, 3}) {
    train(/*steps=*/3, /*fast=*/false, parts, [&](int step, const DualEncoder& model) {
      if (step == 1) expect_parameters(model, "after_1", "train_after_1");
      if (step == 3) expect_parameters(model, "after_3", "train_after_3");
    });
  }
}

TEST_F(GoldenTraining, ParametersAfterThreeFastStepsAgree) {
  TVTS_NEEDS_GOLDEN("train_after_3_fast.safetensors");
  for (const int64_t parts : {1, 3}) {
    train(/*steps=*/3, /*fast=*/true, parts, [&](int step, const DualEncoder& model) {
      if (step == 3) expect_parameters(model, "after_3_fast", "train_after_3_fast");
    });
  }
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
  std::vector<DualEncoder> models = {initial_model(), initial_model()};
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
  DualEncoder whole = initial_model();
  losses(whole, batch("yt")).total.backward();
  std::vector<DualEncoder> models = {initial_model(), initial_model()};
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
