"""The names and sizes of small models of every family, with prefixes, a sort head and configs beside them."""
D, EMBED, LAYERS, PATCH, CELLS, CONTEXT, VOCABULARY = 64, 32, 1, 8, 4, 12, 40


def block(prefix, joined, out):
    for norm in ("ln_1", "ln_2"):
        yield f"{prefix}.{norm}.weight", [D]
        yield f"{prefix}.{norm}.bias", [D]
    for name, o, i in (("mlp.c_fc", 4, 1), ("mlp.c_proj", 1, 4)):
        yield f"{prefix}.{name}.weight", [o * D, i * D]
        yield f"{prefix}.{name}.bias", [o * D]
    yield f"{prefix}.attn.{joined}weight", [3 * D, D]
    yield f"{prefix}.attn.{joined}bias", [3 * D]
    yield f"{prefix}.attn.{out}.weight", [D, D]
    yield f"{prefix}.attn.{out}.bias", [D]


def clip():
    yield "positional_embedding", [CONTEXT, D]
    yield "text_projection", [D, EMBED]
    yield "token_embedding.weight", [VOCABULARY, D]
    yield "ln_final.weight", [D]
    yield "ln_final.bias", [D]
    yield "visual.class_embedding", [D]
    yield "visual.positional_embedding", [1 + CELLS, D]
    yield "visual.proj", [D, EMBED]
    yield "visual.conv1.weight", [D, 3, PATCH, PATCH]
    for norm in ("ln_pre", "ln_post"):
        yield f"visual.{norm}.weight", [D]
        yield f"visual.{norm}.bias", [D]
    for layer in range(LAYERS):
        yield from block(f"transformer.resblocks.{layer}", "in_proj_", "out_proj")
        yield from block(f"visual.transformer.resblocks.{layer}", "in_proj_", "out_proj")


def ours(name):
    if name.startswith("visual."):
        return name.replace("visual.", "video_model.", 1).replace("attn.in_proj_", "attn.qkv.").replace("out_proj", "proj")
    if name.startswith("transformer."):
        return name.replace("transformer.", "text_model.", 1)
    return name if name.startswith("text_") else "text_" + name


def tvtsv2():
    for name, shape in clip():
        yield ours(name), shape
    yield "video_model.temporal_embedding", [3, D]
    prefix = "video_model.transformer.resblocks.0"
    yield f"{prefix}.ln_3.weight", [D]
    yield f"{prefix}.ln_3.bias", [D]
    for name, o in (("qkv", 3), ("proj", 1)):
        yield f"{prefix}.timeattn.{name}.weight", [o * D, D]
        yield f"{prefix}.timeattn.{name}.bias", [o * D]


def hugging_face():
    for tower in ("text_model", "vision_model"):
        layer = f"{tower}.encoder.layers.0"
        for name in ("layer_norm1", "layer_norm2"):
            yield f"{layer}.{name}.weight", [D]
            yield f"{layer}.{name}.bias", [D]
        for name in ("q_proj", "k_proj", "v_proj", "out_proj"):
            yield f"{layer}.self_attn.{name}.weight", [D, D]
            yield f"{layer}.self_attn.{name}.bias", [D]
        for name, o, i in (("fc1", 4, 1), ("fc2", 1, 4)):
            yield f"{layer}.mlp.{name}.weight", [o * D, i * D]
            yield f"{layer}.mlp.{name}.bias", [o * D]
    for norm in ("text_model.final_layer_norm", "vision_model.pre_layrnorm", "vision_model.post_layernorm"):
        yield f"{norm}.weight", [D]
        yield f"{norm}.bias", [D]
    yield "text_model.embeddings.token_embedding.weight", [VOCABULARY, D]
    yield "text_model.embeddings.position_embedding.weight", [CONTEXT, D]
    yield "vision_model.embeddings.class_embedding", [D]
    yield "vision_model.embeddings.patch_embedding.weight", [D, 3, PATCH, PATCH]
    yield "vision_model.embeddings.position_embedding.weight", [1 + CELLS, D]
    yield "visual_projection.weight", [EMBED, D]
    yield "text_projection.weight", [EMBED, D]


def lines(tensors, dtype=1, prefix="", config=""):
    text = "".join(f"{prefix}{name} {dtype} {' '.join(map(str, shape))}\n" for name, shape in tensors)
    return (text + config).encode()


def seeds():
    yield "tvtsv2", lines(tvtsv2(), prefix="module.")
    yield "clip", lines(clip(), prefix="_orig_mod.")
    yield "clip_half", lines(clip(), dtype=2)
    yield "clip_extra", lines(clip(), prefix="clip.") + b"cross.weight 1 4\n"
    yield "open_clip", lines(clip(), config='{"model_cfg": {"quick_gelu": true, "vision_cfg": {"width": 64, "head_width": 32}}}')
    yield "hugging_face", lines(hugging_face(), config='{"model_type": "clip", "vision_config": {"num_attention_heads": 4}}')
    yield "two_sets", lines(clip(), prefix="a.") + lines(clip(), prefix="ema.")
