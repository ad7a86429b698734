"""Reference models with other settings than the usual: tiny, random, one folder each.

    python golden_variants.py FOLDER             (torch and transformers, from PyPI)
    mvn -pl engine,learning -am test -Dtest=GoldenTests -Dsurefire.failIfNoSpecifiedTests=false \\
        -Dsampan.golden=FOLDER -Dsampan.golden.written=WRITTEN
    python golden_variants.py FOLDER WRITTEN     reads what Java wrote and compares the answers

Each folder has `config.json` and `model.safetensors` as `save_pretrained` writes them, and `golden.json`: inputs, one
output in evaluation mode, and three steps of AdamW over all parameters without any dropout (the share in the
configuration is set to 0 while they are taken, so that attention drops nothing either). Weights are far from their
first values, so that a bias, a norm or a factor which is left out shows.
"""
import json
import os
import sys

import torch
import transformers as hf

V = 97  # tokens


def decoder(kind, **settings):
    base = dict(
        vocab_size=V, hidden_size=48, intermediate_size=80, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, max_position_embeddings=64, rms_norm_eps=1e-6, bos_token_id=1, eos_token_id=2,
        pad_token_id=0, initializer_range=0.08)
    base.update(settings)
    return kind, base


def bert(**settings):
    base = dict(
        vocab_size=V, hidden_size=48, intermediate_size=72, num_hidden_layers=2, num_attention_heads=3,
        max_position_embeddings=40, initializer_range=0.1)
    base.update(settings)
    return "Bert", base


def gpt2(**settings):
    base = dict(vocab_size=V, n_embd=48, n_layer=2, n_head=3, n_positions=40, bos_token_id=1, eos_token_id=2,
                initializer_range=0.1)
    base.update(settings)
    return "GPT2", base


def t5(**settings):
    base = dict(vocab_size=V, d_model=48, d_kv=10, d_ff=64, num_layers=2, num_heads=3, decoder_start_token_id=0)
    base.update(settings)
    return "T5", base


LLAMA3 = dict(rope_type="llama3", rope_theta=5e5, factor=8.0, low_freq_factor=1.0, high_freq_factor=4.0,
              original_max_position_embeddings=32)
YARN = dict(rope_type="yarn", rope_theta=1e4, factor=4.0, original_max_position_embeddings=16)

# name → (class, (family, settings), extras): extras are time, problem, labels, mask, types
VARIANTS = {
    "bert-untied-relu": ("ForSequenceClassification", bert(
        hidden_act="relu", layer_norm_eps=1e-5, type_vocab_size=3, pad_token_id=5, num_labels=4), dict(types=3, pad=5)),
    "bert-regression": ("ForSequenceClassification", bert(
        num_labels=1, problem_type="regression", hidden_act="gelu_new"), dict(problem="numbers")),
    "bert-regression-3": ("ForSequenceClassification", bert(num_labels=3, problem_type="regression"),
                          dict(problem="numbers")),
    "bert-multi-label": ("ForSequenceClassification", bert(
        num_labels=5, problem_type="multi_label_classification", hidden_act="silu", num_attention_heads=6),
        dict(problem="tags", mask=True)),
    "bert-bare": ("Model", bert(num_hidden_layers=3), dict(mask=True)),
    "bert-bare-pooled": ("Model", bert(pad_token_id=None), dict(output="pooler_output")),
    "bert-no-pooler": ("Model", bert(hidden_act="gelu_pytorch_tanh"), dict(keywords=dict(add_pooling_layer=False))),
    "bert-tags": ("ForTokenClassification", bert(num_labels=7, classifier_dropout=0.3), dict(mask=True)),
    "bert-masked": ("ForMaskedLM", bert(hidden_act="gelu_new"), dict()),
    "bert-masked-untied": ("ForMaskedLM", bert(tie_word_embeddings=False), dict()),
    "bert-decoder": ("LMHeadModel", bert(is_decoder=True), dict()),
    "gpt2-inner-relu": ("LMHeadModel", gpt2(n_inner=56, activation_function="relu", layer_norm_epsilon=1e-3), dict()),
    "gpt2-unscaled": ("LMHeadModel", gpt2(scale_attn_weights=False, n_layer=3), dict(mask=True)),
    "gpt2-by-layer": ("LMHeadModel", gpt2(
        scale_attn_by_inverse_layer_idx=True, reorder_and_upcast_attn=True, n_layer=3, n_head=6), dict()),
    "gpt2-untied": ("LMHeadModel", gpt2(tie_word_embeddings=False, activation_function="gelu"), dict()),
    "gpt2-bare": ("Model", gpt2(n_head=1), dict()),
    "gpt2-texts": ("ForSequenceClassification", gpt2(num_labels=3, pad_token_id=7), dict(pad=7)),
    "gpt2-tags": ("ForTokenClassification", gpt2(num_labels=3), dict()),
    "t5-gated": ("ForConditionalGeneration", t5(
        feed_forward_proj="gated-gelu", num_decoder_layers=3, tie_word_embeddings=False), dict(mask=True)),
    "t5-silu-buckets": ("ForConditionalGeneration", t5(
        feed_forward_proj="gated-silu", relative_attention_num_buckets=8, relative_attention_max_distance=20),
        dict(time=33)),
    "t5-own-words": ("ForConditionalGeneration", t5(feed_forward_proj="gelu", d_kv=24, layer_norm_epsilon=1e-5),
                     dict(own_words=True)),
    "t5-start": ("ForConditionalGeneration", t5(decoder_start_token_id=3, pad_token_id=4), dict(ignored=True)),
    "t5-encoder": ("EncoderModel", t5(num_layers=3), dict(mask=True)),
    "t5-bare": ("Model", t5(), dict()),
    "llama-biases": ("ForCausalLM", decoder(
        "Llama", attention_bias=True, mlp_bias=True, head_dim=20, num_key_value_heads=1, pretraining_tp=2,
        hidden_act="gelu", rms_norm_eps=1e-5, pad_token_id=3, tie_word_embeddings=True), dict(pad=3)),
    "llama-linear": ("ForCausalLM", decoder(
        "Llama", rope_parameters=dict(rope_type="linear", factor=4.0, rope_theta=5000.0)), dict(time=30)),
    "llama-dynamic": ("ForCausalLM", decoder(
        "Llama", max_position_embeddings=16, num_key_value_heads=4,
        rope_parameters=dict(rope_type="dynamic", factor=2.0, rope_theta=1e4)), dict(time=30)),
    "llama-three": ("ForCausalLM", decoder("Llama", rope_parameters=LLAMA3, pad_token_id=None), dict(time=40)),
    "llama-yarn": ("ForCausalLM", decoder("Llama", rope_parameters=YARN, head_dim=16), dict(time=40)),
    "llama-yarn-set": ("ForCausalLM", decoder("Llama", rope_parameters=dict(
        YARN, beta_fast=16, beta_slow=2, mscale=1.2, mscale_all_dim=0.7, truncate=False)), dict(time=40)),
    "llama-yarn-length": ("ForCausalLM", decoder(
        "Llama", rope_parameters=dict(YARN, attention_factor=1.3)), dict(time=20)),
    "llama-longrope": ("ForCausalLM", decoder("Llama", head_dim=12, rope_parameters=dict(
        rope_type="longrope", rope_theta=1e4, factor=4.0, original_max_position_embeddings=16,
        short_factor=[1.0, 1.1, 1.2, 1.3, 1.4, 1.5], long_factor=[1.0, 2.0, 3.0, 4.0, 5.0, 6.0])), dict(time=24)),
    "llama-longrope-short": ("ForCausalLM", decoder("Llama", head_dim=12, rope_parameters=dict(
        rope_type="longrope", rope_theta=1e4, original_max_position_embeddings=16,
        short_factor=[1.0, 1.1, 1.2, 1.3, 1.4, 1.5], long_factor=[1.0, 2.0, 3.0, 4.0, 5.0, 6.0])), dict(time=12)),
    "llama-texts": ("ForSequenceClassification", decoder("Llama", num_labels=3, pad_token_id=6), dict(pad=6)),
    "llama-tags": ("ForTokenClassification", decoder("Llama", num_labels=3), dict()),
    "llama-bare": ("Model", decoder("Llama", num_key_value_heads=None), dict(mask=True)),
    "mistral-sliding": ("ForCausalLM", decoder("Mistral", sliding_window=5, head_dim=24), dict(time=20, mask=True)),
    "mistral-wide": ("ForCausalLM", decoder(
        "Mistral", sliding_window=40, tie_word_embeddings=True, hidden_act="relu",
        rope_parameters=dict(rope_theta=1e6, rope_type="default")), dict(time=20)),
    "qwen2-sliding": ("ForCausalLM", decoder(
        "Qwen2", use_sliding_window=True, sliding_window=4, max_window_layers=1, num_hidden_layers=3),
        dict(time=20)),
    "qwen2-tied": ("ForCausalLM", decoder(
        "Qwen2", tie_word_embeddings=True, num_key_value_heads=1, rope_parameters=YARN), dict(time=20)),
    "qwen2-layers": ("ForCausalLM", decoder(
        "Qwen2", use_sliding_window=True, sliding_window=6, num_hidden_layers=3,
        layer_types=["sliding_attention", "full_attention", "sliding_attention"]), dict(time=20)),
    "qwen3-biases": ("ForCausalLM", decoder("Qwen3", attention_bias=True, head_dim=10, rms_norm_eps=1e-4), dict()),
    "qwen3-sliding": ("ForCausalLM", decoder(
        "Qwen3", head_dim=32, use_sliding_window=True, sliding_window=7, max_window_layers=0,
        tie_word_embeddings=True), dict(time=20, mask=True)),
    "qwen3-tags": ("ForTokenClassification", decoder("Qwen3", head_dim=8, num_labels=4), dict()),
    "gemma3-pattern": ("ForCausalLM", decoder(
        "Gemma3", head_dim=14, sliding_window=6, num_hidden_layers=7, query_pre_attn_scalar=20), dict(time=20)),
    "gemma3-caps": ("ForCausalLM", decoder(
        "Gemma3", head_dim=16, sliding_window=4, final_logit_softcapping=3.0, attn_logit_softcapping=2.0,
        num_key_value_heads=4, attention_bias=True, hidden_activation="gelu", pad_token_id=2), dict(pad=2)),
    "gemma3-untied-linear": ("ForCausalLM", decoder(
        "Gemma3", head_dim=16, sliding_window=4, tie_word_embeddings=False, num_hidden_layers=2,
        layer_types=["full_attention", "sliding_attention"],
        rope_parameters=dict(full_attention=dict(rope_type="linear", factor=8.0, rope_theta=2e5),
                             sliding_attention=dict(rope_type="default", rope_theta=500.0))), dict(time=20)),
    "gemma3-both-ways": ("ForCausalLM", decoder(
        "Gemma3", head_dim=16, sliding_window=9, use_bidirectional_attention=True,
        layer_types=["sliding_attention", "full_attention"]), dict(time=20)),
    "llama-old": ("ForCausalLM", decoder("Llama", rope_parameters=LLAMA3), dict(time=40, old=True)),
    "qwen2-old": ("ForCausalLM", decoder(
        "Qwen2", use_sliding_window=True, sliding_window=4, max_window_layers=1, num_hidden_layers=3,
        rope_parameters=YARN), dict(time=20, old=True)),
    "gemma3-old": ("ForCausalLM", decoder(
        "Gemma3", head_dim=16, sliding_window=4, num_hidden_layers=7,
        rope_parameters=dict(full_attention=dict(rope_type="linear", factor=8.0, rope_theta=2e5),
                             sliding_attention=dict(rope_type="default", rope_theta=500.0))),
        dict(time=20, old=True)),
    "qwen3-shards": ("ForCausalLM", decoder("Qwen3", head_dim=12), dict(shards="40KB")),
    # small enough to lie among the tests' resources
    "tiny-bert": ("ForSequenceClassification", bert(
        vocab_size=24, hidden_size=12, intermediate_size=16, num_attention_heads=2, max_position_embeddings=16,
        num_labels=3), dict(mask=True)),
    "tiny-t5": ("ForConditionalGeneration", t5(
        vocab_size=24, d_model=12, d_kv=5, d_ff=16, num_heads=2, feed_forward_proj="gated-gelu", dropout_rate=0.0,
        num_layers=1, num_decoder_layers=2), dict(mask=True)),
    "tiny-qwen3": ("ForCausalLM", decoder(
        "Qwen3", vocab_size=24, hidden_size=12, intermediate_size=16, head_dim=6, use_sliding_window=True,
        sliding_window=3, max_window_layers=1, tie_word_embeddings=True, rope_parameters=YARN), dict(time=18)),
    "gemma3-bare": ("TextModel", decoder("Gemma3", head_dim=16, sliding_window=8), dict()),
}


def model(name, kind, family, settings, keywords):
    config = getattr(hf, family + ("TextConfig" if family == "Gemma3" else "Config"))(**settings)
    made = getattr(hf, family + kind)(config, **keywords).eval()
    with torch.no_grad():
        for parameter in made.parameters():
            if parameter.dim() == 1:  # norms and biases
                parameter.add_(0.2 * torch.randn_like(parameter))
    return made


def labels_for(kind, made, ids, extras):
    rows, time = ids.shape
    count = made.config.num_labels
    problem = extras.get("problem")
    if problem == "numbers":
        return torch.randn(rows, count) if count > 1 else torch.randn(rows)
    if problem == "tags":
        return torch.randint(0, 2, (rows, count)).float()
    if kind == "ForSequenceClassification":
        return torch.randint(0, count, (rows,))
    if kind == "ForTokenClassification":
        return torch.randint(0, count, (rows, time))
    labels = ids.clone()
    if kind == "ForMaskedLM" or extras.get("ignored"):
        labels[:, ::3] = -100
    return labels


def without_dropout(made):
    for module in made.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
        for name in ("dropout", "attention_dropout"):
            if isinstance(getattr(module, name, None), float):
                setattr(module, name, 0.0)
    return made.train()


def steps(made, inputs, labels):
    made = without_dropout(made)
    optimizer = torch.optim.AdamW(made.parameters(), lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01)
    losses = []
    for _ in range(3):
        optimizer.zero_grad()
        loss = made(**inputs, labels=labels).loss
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(made.parameters(), 1e9)
        optimizer.step()
        losses.append(round(loss.item(), 6))
    return losses, round(norm.item(), 6)


def old_spelling(target):
    """As versions before 5 wrote it: `rope_theta` and `rope_scaling` apart, `torch_dtype`, no list of layers."""
    path = os.path.join(target, "config.json")
    with open(path) as file:
        config = json.load(file)
    config["torch_dtype"] = config.pop("dtype")
    rope = config.pop("rope_parameters")
    if "sliding_attention" in rope:
        config["rope_local_base_freq"] = rope["sliding_attention"]["rope_theta"]
        config["sliding_window_pattern"] = config.pop("_sliding_window_pattern")
        rope = rope["full_attention"]
    else:
        rope["type"] = rope.pop("rope_type")
    config["rope_theta"] = rope.pop("rope_theta")
    config["rope_scaling"] = rope
    config.pop("layer_types", None)
    with open(path, "w") as file:
        json.dump(config, file)


def make(folder, name, number):
    kind, (family, settings), extras = VARIANTS[name]
    torch.manual_seed(100 + number)
    made = model(name, kind, family, settings, extras.get("keywords", {}))
    if extras.get("own_words"):
        made.config.tie_word_embeddings = False
        made.lm_head.weight = torch.nn.Parameter(torch.randn_like(made.lm_head.weight))
    ids = torch.randint(3, settings["vocab_size"], (2, extras.get("time", 11)))
    if "pad" in extras:  # some of it in the middle, some at the end
        ids[0, 4] = extras["pad"]
        ids[1, -3:] = extras["pad"]
    inputs = {"input_ids": ids}
    if extras.get("mask"):
        mask = torch.ones_like(ids)
        mask[1, -4:] = 0
        inputs["attention_mask"] = mask
    if "types" in extras:
        inputs["token_type_ids"] = torch.randint(0, extras["types"], ids.shape)
    asked = dict(inputs)
    if family == "T5" and kind != "EncoderModel":
        asked["decoder_input_ids"] = ids[:, :7].contiguous()
    bare = kind in ("Model", "TextModel", "EncoderModel")
    output = extras.get("output", "last_hidden_state" if bare else "logits")
    with torch.no_grad():
        values = getattr(made(**asked), output)
    target = os.path.join(folder, name)
    made.save_pretrained(target, **({"max_shard_size": extras["shards"]} if "shards" in extras else {}))
    if extras.get("old"):
        old_spelling(target)
    golden = {
        "architecture": type(made).__name__, "transformers": hf.__version__, "torch": torch.__version__,
        **{key: value.tolist() for key, value in asked.items()},
        "output": output, "output_shape": list(values.shape),
        "output_values": [round(value, 7) for value in values.flatten().tolist()]}
    if not bare:
        labels = labels_for(kind, made, ids, extras)
        losses, norm = steps(made, inputs, labels)
        golden["train"] = {
            "optimizer": "AdamW lr=1e-3 betas=(0.9,0.999) eps=1e-8 weight_decay=0.01, all parameters, dropout off",
            "labels": labels.tolist(), "loss_per_step": losses, "grad_norm_last_step": norm}
    with open(os.path.join(target, "golden.json"), "w") as file:
        json.dump(golden, file)


def compare(folder, written):
    worst = 0.0
    for name in sorted(os.listdir(written)):
        with open(os.path.join(folder, name, "golden.json")) as file:
            golden = json.load(file)
        keywords = VARIANTS[name][2].get("keywords", {}) if name in VARIANTS else {}
        kind = getattr(hf, golden["architecture"])
        made, info = kind.from_pretrained(os.path.join(written, name), output_loading_info=True, **keywords)
        strange = {key: value for key, value in info.items() if value}
        inputs = {key: torch.tensor(golden[key]) for key in (
            "input_ids", "attention_mask", "token_type_ids", "decoder_input_ids") if key in golden}
        with torch.no_grad():
            values = getattr(made.eval()(**inputs), golden["output"]).flatten()
        gap = (values - torch.tensor(golden["output_values"])).abs().max().item()
        worst = max(worst, gap)
        print(f"{name:24} {gap:.1e}", strange or "")
    print("worst", worst)
    return worst <= 1e-4


if __name__ == "__main__":
    hf.logging.set_verbosity_error()
    if len(sys.argv) > 2:
        sys.exit(0 if compare(sys.argv[1], sys.argv[2]) else 1)
    for number, name in enumerate(VARIANTS):
        make(sys.argv[1], name, number)
    print(len(VARIANTS), "variants in", sys.argv[1])
