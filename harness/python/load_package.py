"""Loads a model package with other people's code alone and prints one JSON document of what each of them saw.

    pip install mlflow onnx onnxruntime safetensors
    python load_package.py DIR
"""
import json
import pathlib
import sys

import mlflow
import numpy as np
import onnx
import onnxruntime
from safetensors import safe_open


def main(folder: str) -> None:
    package = pathlib.Path(folder)
    model = onnx.load(package / "model.onnx")
    onnx.checker.check_model(model, full_check=True)

    described = mlflow.models.Model.load(folder)
    example = described.load_input_example(folder)
    feed = {name: np.asarray(rows, dtype=np.int64) for name, rows in example.items()}

    session = onnxruntime.InferenceSession(package / "model.onnx")
    by_runtime = dict(zip([output.name for output in session.get_outputs()], session.run(None, feed)))
    by_mlflow = mlflow.pyfunc.load_model(folder).predict(feed)
    mlflow_onnx = mlflow.onnx.load_model(folder)
    difference = max(float(np.abs(by_mlflow[name] - by_runtime[name]).max()) for name in by_runtime)

    tensors = {}
    weights = package / "model.safetensors"
    if weights.exists():
        with safe_open(weights, framework="np") as opened:
            tensors = {name: list(opened.get_slice(name).get_shape()) for name in opened.keys()}

    print(json.dumps({
        "inputs": {item.name: item.type for item in session.get_inputs()},
        "outputs": {name: list(value.shape) for name, value in by_runtime.items()},
        "probabilities_sum": float(by_runtime["probabilities"].sum()),
        "pyfunc_against_onnxruntime": difference,
        "mlflow_onnx_nodes": len(mlflow_onnx.graph.node),
        "opset": {item.domain: item.version for item in model.opset_import},
        "signature": described.signature.to_dict(),
        "safetensors": tensors,
        "labels": json.loads((package / "features.json").read_text(encoding="utf-8")).get("labels"),
        "card": (package / "README.md").read_text(encoding="utf-8").startswith("---\n"),
    }, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1])
