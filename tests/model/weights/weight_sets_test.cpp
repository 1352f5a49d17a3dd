// Prefixes of training tools, and files that hold weights more than once.
#include "tvts/model/weights/weight_sets.h"

#include <gtest/gtest.h>

#include "tests/model/weights/written_model.h"
#include "tests/support/error_text.h"

namespace tvts {
namespace {

using test::contains;
using test::error_text;
using test::write_names;

std::vector<std::string> names_of(const Checkpoint& checkpoint) {
  std::vector<std::string> names;
  for (const NamedTensor& tensor : checkpoint.tensors) names.push_back(tensor.name);
  return names;
}

const std::vector<std::string> kModel = {"visual.proj", "transformer.resblocks.0.ln_1.bias", "logit_scale"};

std::vector<std::string> with_prefix(const std::string& prefix, std::vector<std::string> names = kModel) {
  for (std::string& name : names) name.insert(0, prefix);
  return names;
}
std::vector<std::string> joined(std::vector<std::string> a, const std::vector<std::string>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}
std::vector<std::string> sorted(std::vector<std::string> names) {
  std::sort(names.begin(), names.end());
  return names;
}

TEST(WeightSets, HaveTheNamesBehindAnyPrefix) {
  for (const char* prefix :
       {"", "module.", "_orig_mod.", "module._orig_mod.", "_orig_mod.module.", "model.", "clip.", "clip_model.",
        "module.model.", "model.module.clip.", "model._orig_mod.", "_forward_module.model.", "state_dict.module.",
        "model_state_dict.", "_fsdp_wrapped_module.", "net.backbone.", "student."}) {
    const Checkpoint checkpoint = read_checkpoint(write_names(with_prefix(prefix)));
    EXPECT_EQ(sorted(names_of(checkpoint)), sorted(kModel)) << prefix;
    EXPECT_TRUE(checkpoint.warnings.empty()) << prefix;
  }
}

TEST(WeightSets, HaveNamesWithoutTheWrappersInsideThem) {
  const Checkpoint checkpoint = read_checkpoint(
      write_names({"module.visual._orig_mod.transformer.resblocks.0._checkpoint_wrapped_module.ln_1.bias",
                   "module.transformer._fsdp_wrapped_module.module.resblocks.0.ln_1.bias"}));
  EXPECT_EQ(sorted(names_of(checkpoint)), (std::vector<std::string>{"transformer.resblocks.0.ln_1.bias",
                                                                    "visual.transformer.resblocks.0.ln_1.bias"}));
}

TEST(WeightSets, SeveralAreRefusedAndNamed) {
  const auto error = [](const std::vector<std::string>& names) {
    const std::string path = write_names(names);
    return error_text([&] { read_checkpoint(path); });
  };
  const std::string averaged = error(joined(with_prefix("state_dict."), with_prefix("state_dict_ema.")));
  for (const char* part : {"several sets of weights", "'state_dict'", "'state_dict_ema' (an average", "--weights"}) {
    EXPECT_TRUE(contains(averaged, part)) << averaged;
  }
  EXPECT_TRUE(contains(error(joined(kModel, with_prefix("ema."))), "'' (names without a prefix), 'ema'"));
  EXPECT_TRUE(contains(error(joined(with_prefix("student."), with_prefix("teacher."))), "'student', 'teacher'"));
}

TEST(WeightSets, TheNamedOneIsTaken) {
  const std::string path = write_names(
      joined(joined(kModel, {"visual.only_here"}), joined(with_prefix("ema.module."), with_prefix("ema_2."))));
  EXPECT_EQ(sorted(names_of(read_checkpoint(path, "ema"))), sorted(kModel));
  EXPECT_EQ(sorted(names_of(read_checkpoint(path, "ema.module"))), sorted(kModel));
  EXPECT_EQ(sorted(names_of(read_checkpoint(path, "ema_2."))), sorted(kModel));
  EXPECT_EQ(read_checkpoint(path, "").tensors.size(), kModel.size() + 1);
  EXPECT_TRUE(contains(error_text([&] { read_checkpoint(path, "swa"); }), "no weights under 'swa'; found ''"));
}

TEST(WeightSets, WhatIsOutsideIsLeftOutWithAWarning) {
  const Checkpoint checkpoint = read_checkpoint(
      write_names(joined(with_prefix("clip."), {"cross.layer.weight", "cross.layer.bias", "temperature"})));
  EXPECT_EQ(sorted(names_of(checkpoint)), sorted(kModel));
  ASSERT_EQ(checkpoint.warnings.size(), 1U);
  EXPECT_TRUE(contains(checkpoint.warnings[0],
                       "takes the tensors under 'clip'; 3 others are left out: cross.* (2), temperature (1)"))
      << checkpoint.warnings[0];
}

TEST(WeightSets, WhatIsOutsideIsCountedByTheFirstPartThatDiffers) {
  const Checkpoint checkpoint = read_checkpoint(
      write_names(joined(with_prefix("state_dict.clip."), {"state_dict.cross.a.weight", "state_dict.cross.b.weight"})));
  ASSERT_EQ(checkpoint.warnings.size(), 1U);
  EXPECT_TRUE(contains(checkpoint.warnings[0], "2 others are left out: state_dict.cross.* (2)"))
      << checkpoint.warnings[0];
}

TEST(WeightSets, TwoTensorsOfOneNameAreRefused) {
  const std::string path = write_names({"visual.proj", "visual.module.proj"});
  EXPECT_TRUE(contains(error_text([&] { read_checkpoint(path); }), "two tensors called 'visual.proj'"));
}

}  // namespace
}  // namespace tvts
