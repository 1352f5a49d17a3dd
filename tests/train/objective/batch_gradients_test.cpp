// Gradients of a batch in parts, compared with those of compute_losses(), which has no parts.
#include "tvts/train/objective/batch_gradients.h"

#include <gtest/gtest.h>

#include "tests/support/tiny_model.h"

namespace tvts::test {
namespace {

constexpr int64_t kSegments = 4;

// segments 4: narrated clips that are sorted; 1: alt-texts.
ObjectiveBatch batch_of(int64_t clips, int64_t segments) {
  at::manual_seed(3);
  return {.video = at::randn({clips, 4, 3, 24, 24}),
          .ids = at::randint(1, 599, {clips * segments, 12}, at::kLong),
          .keep = at::randint(0, 9, {clips, 5}, at::kLong),
          .segments = segments,
          .sort = segments > 1};
}

ObjectiveBatch joined_clips() {
  ObjectiveBatch batch = batch_of(8, 1);
  batch.sort = true;
  batch.join = kSegments;
  return batch;
}

struct Model {
  explicit Model(bool recompute = false) {
    encoders.sort_head = SortHead(encoders.config.embed_dim, kSegments);
    initialise_sort_head(encoders, 7);
    encoders.video->set_recompute(recompute);
    encoders.text->set_recompute(recompute);
    for (const auto& [name, value] : named_parameters(encoders)) {
      names.push_back(name);
      parameters.push_back(value);
    }
  }

  Losses add(const ObjectiveBatch& batch, int64_t parts, std::size_t replica_count, const ObjectiveOptions& options,
             double share = 1) {
    Replicas replicas(replica_count);
    Collective alone;
    return BatchGradients(encoders, parameters, parts, replicas).add(batch, options, alone, share);
  }

  DualEncoder encoders = tiny_model();
  std::vector<std::string> names;
  std::vector<at::Tensor> parameters;
};

struct Case {
  const char* name;
  ObjectiveBatch batch;
  ObjectiveOptions options;
  bool recompute = false;
};

std::vector<Case> cases() {
  return {{"alt-texts", batch_of(5, 1), {}},
          {"sorted", batch_of(3, kSegments), {.stop_gradient = false}},
          {"joined", joined_clips(), {}},
          {"recomputed", batch_of(3, kSegments), {}, /*recompute=*/true},
          {"frames alone", batch_of(4, 1), {.video_path = VideoPath::kMeanOfFrames}}};
}

TEST(BatchGradients, AreThoseOfTheDefinition) {
  for (const Case& c : cases()) {
    Model whole;
    Collective alone;
    const Losses expected = compute_losses(whole.encoders, c.batch, c.options, alone);
    expected.total.backward();
    for (const int64_t parts : {1, 2, 8}) {
      Model model(c.recompute);
      const Losses found = model.add(c.batch, parts, /*replica_count=*/2, c.options);
      EXPECT_NEAR(found.total.item<double>(), expected.total.item<double>(), 1e-5) << c.name;
      for (std::size_t i = 0; i < model.parameters.size(); ++i) {
        const at::Tensor gradient = model.parameters[i].grad(), right = whole.parameters[i].grad();
        ASSERT_EQ(gradient.defined(), right.defined()) << c.name << " " << model.names[i];
        if (!right.defined()) continue;
        EXPECT_LE((gradient - right).norm().item<double>(), 1e-5 * right.norm().item<double>() + 1e-7)
            << c.name << ", " << parts << " parts: " << model.names[i];
      }
    }
  }
}

// In bfloat16 too, where a gradient that were rounded one time more or less would be seen. A single replica has one
// thread here, as the others have.
TEST(BatchGradients, TheNumberOfReplicasChangesNoBit) {
  const OneThread one_thread;
  for (const bool bf16 : {false, true}) {
    for (Case& c : cases()) {
      c.options.bf16 = bf16;
      Model alone(c.recompute);
      alone.add(c.batch, /*parts=*/3, /*replica_count=*/1, c.options);
      for (int again = 0; again < 3; ++again) {
        Model several(c.recompute);
        several.add(c.batch, /*parts=*/3, /*replica_count=*/3, c.options);
        for (std::size_t i = 0; i < alone.parameters.size(); ++i) {
          const at::Tensor gradient = several.parameters[i].grad(), right = alone.parameters[i].grad();
          if (!right.defined()) continue;
          EXPECT_TRUE(gradient.equal(right)) << c.name << " " << alone.names[i];
        }
      }
    }
  }
}

TEST(BatchGradients, AreAddedToThoseThatAreThere) {
  for (const int64_t parts : {1, 3}) {
    const ObjectiveBatch batch = batch_of(6, 1);
    Model once, twice;
    once.add(batch, parts, /*replica_count=*/2, {});
    for (int half = 0; half < 2; ++half) twice.add(batch, parts, /*replica_count=*/2, {}, 0.5);
    for (std::size_t i = 0; i < once.parameters.size(); ++i) {
      if (!once.parameters[i].grad().defined()) continue;
      EXPECT_TRUE(at::allclose(twice.parameters[i].grad(), once.parameters[i].grad(), 1e-5, 1e-7)) << once.names[i];
    }
  }
}

TEST(BatchGradients, ParametersThatAreNotTrainedGetNone) {
  Model model;
  at::Tensor frozen = model.parameters[0].requires_grad_(false);
  model.parameters.erase(model.parameters.begin());
  model.add(batch_of(4, 1), /*parts=*/2, /*replica_count=*/2, {});
  EXPECT_FALSE(frozen.grad().defined());
}

}  // namespace
}  // namespace tvts::test
