"""Sentence vectors of a bundled encoder, for the golden numbers of EncoderTests.

    pip install onnxruntime tokenizers
    unzip the encoder's langchain4j jar, then: python embed.py MODEL.onnx TOKENIZER.json cls|mean "text"
"""
import sys

import numpy as np
import onnxruntime
from tokenizers import Tokenizer


def main(model: str, tokenizer_file: str, pooling: str, text: str) -> None:
    tokenizer = Tokenizer.from_file(tokenizer_file)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
    feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
    states = onnxruntime.InferenceSession(model).run(None, feed)[0][0]
    vector = states[0] if pooling == "cls" else states.mean(0)
    print((vector / np.linalg.norm(vector)).tolist())


if __name__ == "__main__":
    main(*sys.argv[1:])
