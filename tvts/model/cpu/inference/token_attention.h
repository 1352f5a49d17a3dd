// The attentions of both encoders over tokens that lie in one matrix, a row each, with nothing copied or concatenated.
//
// Rows of videos: the patches of all clips, clip after clip, frame after frame; after them the CLS token of each clip.
#pragma once

#include <torch/torch.h>

#include <vector>

#include "tvts/model/cpu/kernels/attend.h"
#include "tvts/model/plain/divided_attention.h"

namespace tvts {

struct ClipRows {
  int64_t clips, frames, patches;  // B, T, N
  int64_t patch_rows() const { return clips * frames * patches; }
  int64_t rows() const { return patch_rows() + clips; }
};

// The patches of a clip that attend to each other: those of a frame, or of a cell over all frames.
PatchGroups patch_groups(ClipRows grid, AttentionAxis axis);

// Views of [rows, D], heads beside each other; rows may lie further apart than D.
struct TokenHeads {
  at::Tensor q, k, v;
  int64_t heads;
};

// Divided attention (paper 3.1) of every token: [rows, D].
at::Tensor divided_attention(const TokenHeads& tokens, ClipRows grid, AttentionAxis axis);

// Of the CLS tokens, over all tokens of their clip. q: [B, D], in place of tokens.q; out: [B, D], rows may lie apart.
void attend_from_cls(const at::Tensor& q, const TokenHeads& tokens, ClipRows grid, const at::Tensor& out);

// Texts one after the other: text i has the rows [begins[i], begins[i + 1]). A token attends to its text up to itself.
void attend_causally(const TokenHeads& tokens, const std::vector<int64_t>& begins, at::Tensor& out);

// Of each text's last token alone, over all its text. q: [texts, D] -> out [texts, D]
void attend_from_ends(const at::Tensor& q, const TokenHeads& tokens, const std::vector<int64_t>& begins,
                      at::Tensor& out);

}  // namespace tvts
