/// The Transformer families of Hugging Face on our layers: BERT, GPT-2, T5, and the decoders Llama, Mistral,
/// Qwen2, Qwen3 and Gemma 3.
///
/// In comes a folder as `save_pretrained` writes it: everything about the network is read from its
/// `config.json`, in the old spelling (`torch_dtype`, `rope_theta`, `rope_scaling`) and the new; the weights
/// from `model.safetensors` or its shards. Out goes such a folder, which Python's transformers reads with the
/// same answers. A setting that changes the answers in a way this version does not have is refused in a sentence;
/// what changes them in no version of the reference (caches, ids of special tokens, how weights were first
/// drawn) is carried along untouched.
///
/// Networks take and give named tensors under the reference's names (`input_ids`, `attention_mask`, `labels`;
/// `logits`, `last_hidden_state`), and their losses are the reference's.
@NamedInterface("families")
@NullMarked
package dev.sampan.network.families;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
