// Reads a model's tensors from a path: any readable checkpoint, checked against the model it should be, under our names
// and in our order. The numbers stay in the mapped file until copy_to_float is called on an entry.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tvts/config/model_spec.h"
#include "tvts/model/weights/expected.h"
#include "tvts/model/weights/names.h"

namespace tvts {

struct StateEntry {
  std::string name;
  Shape shape;
  std::variant<TensorParts, InitRule> value;  // from the file, or how it starts
  std::vector<std::string> from;              // the file's names for it; empty when it starts fresh

  const TensorParts* tensor() const { return std::get_if<TensorParts>(&value); }
  const InitRule* init() const { return std::get_if<InitRule>(&value); }
};

struct ModelState {
  ModelSpec spec;
  std::vector<StateEntry> entries;  // expected_tensors(), then the sort head where it is kept
  Family family = Family::kTvtsv2;
  bool converted_from_clip = false;
  bool has_sort_head = false;
  int64_t segments = 0;                                  // K of the sort head, when there is one
  std::string path;                                      // of the file that was read (Checkpoint::path)
  std::vector<std::shared_ptr<const MappedFile>> files;  // keep the tensors' bytes
  // For the log. Notes: choices that are as good as certain. Warnings: what may be wrong, and how to state it.
  std::vector<std::string> notes, warnings;

  // Before numbers are read: throws Error(kInput) when a file was cut short since it was opened.
  void check_size() const;
  // Takes the pages of the files out of this process's memory.
  void release_pages() const;
};

struct OpenOptions {
  bool for_training = false;     // a fresh sort head where the file has none; random temporal_embedding of a CLIP
  bool keep_sort_head = false;   // keep the file's sort head, if it has one, when not for training
  bool random_temporal = false;  // FreshStart::random_temporal
  int64_t num_frames = 12;       // of a converted CLIP; an asked model's num_frames goes before it
  int64_t segments = 4;          // K of a fresh sort head
  // Stated by the user (a "-quickgelu" name, a JSON config). Otherwise the activation of an `asked` CLIP yields to what
  // the file states or its origin implies: a bare ViT-B-16 of open_clip is exact GELU, OpenAI's is QuickGELU.
  std::optional<Activation> activation = std::nullopt;
  std::optional<SpecialTokens> special_tokens = std::nullopt;  // stated by the user, likewise
  std::optional<std::string> weights = std::nullopt;           // of several sets of weights (weight_sets.h)
};

// Throws Error(kInput): unreadable, contradicts `asked` (both named, every differing field), or tensors missing, extra
// or misshapen (all of them named).
ModelState open_model_state(const std::string& path, const std::optional<ModelConfig>& asked,
                            const OpenOptions& options = {});
// The same of a checkpoint that is read already.
ModelState model_state_of(const Checkpoint& checkpoint, const std::optional<ModelConfig>& asked,
                          const OpenOptions& options = {});

}  // namespace tvts
