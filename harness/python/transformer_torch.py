"""BERT-small (4 layers, hidden 512, 8 heads, 77 classes) or a GPT-2 of 4 layers (hidden 256, 4 heads, 8,000 words) in
PyTorch as one would write it to be fast: scaled_dot_product_attention, fused AdamW, gradients clipped at norm 1.

python transformer_torch.py --write FOLDER --kind bert     writes config.json, model.safetensors and the tokens `ids`
python transformer_torch.py FOLDER --threads 2 --steps 24  trains on them: median step, memory above idle, mean loss
"""
import argparse
import json
import pathlib
import resource
import time

import torch
from torch import nn
from torch.nn import functional as F

SHAPES = {
    "bert": dict(
        architectures=["BertForSequenceClassification"], model_type="bert", vocab_size=30522, hidden_size=512,
        num_hidden_layers=4, num_attention_heads=8, intermediate_size=2048, max_position_embeddings=512,
        problem_type="single_label_classification", id2label={str(i): str(i) for i in range(77)}),
    "gpt": dict(
        architectures=["GPT2LMHeadModel"], model_type="gpt2", vocab_size=8000, n_embd=256, n_layer=4, n_head=4,
        n_positions=128, tie_word_embeddings=True),
}
BATCHES = {"bert": (32, 64), "gpt": (16, 128)}


class Attention(nn.Module):
    def __init__(self, heads, causal, dropout):
        super().__init__()
        self.heads, self.causal, self.dropout = heads, causal, dropout

    def forward(self, q, k, v):
        q, k, v = (x.view(*x.shape[:2], self.heads, -1).transpose(1, 2) for x in (q, k, v))
        mixed = F.scaled_dot_product_attention(
            q, k, v, dropout_p=self.dropout if self.training else 0.0, is_causal=self.causal)
        return mixed.transpose(1, 2).flatten(2)


class BertLayer(nn.Module):
    def __init__(self, width, wide, heads, dropout):
        super().__init__()
        self.query, self.key, self.value, self.mixed = (nn.Linear(width, width) for _ in range(4))
        self.attention = Attention(heads, False, dropout)
        self.up, self.down = nn.Linear(width, wide), nn.Linear(wide, width)
        self.first, self.second = (nn.LayerNorm(width, 1e-12) for _ in range(2))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        seen = self.mixed(self.attention(self.query(x), self.key(x), self.value(x)))
        x = self.first(x + self.dropout(seen))
        return self.second(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Bert(nn.Module):
    def __init__(self, config, dropout):
        super().__init__()
        width = config["hidden_size"]
        self.words = nn.Embedding(config["vocab_size"], width, padding_idx=0)
        self.places = nn.Embedding(config["max_position_embeddings"], width)
        self.segments = nn.Embedding(2, width)
        self.norm = nn.LayerNorm(width, 1e-12)
        self.layers = nn.ModuleList(
            BertLayer(width, config["intermediate_size"], config["num_attention_heads"], dropout)
            for _ in range(config["num_hidden_layers"]))
        self.pooler, self.classifier = nn.Linear(width, width), nn.Linear(width, len(config["id2label"]))
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids):
        places = torch.arange(ids.shape[1])
        x = self.words(ids) + self.segments(torch.zeros_like(ids)) + self.places(places)
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x)
        return self.classifier(self.dropout(torch.tanh(self.pooler(x[:, 0]))))

    def loss(self, ids, labels):
        return F.cross_entropy(self(ids), labels)

    NAMES = {
        "query": "attention.self.query", "key": "attention.self.key", "value": "attention.self.value",
        "mixed": "attention.output.dense", "first": "attention.output.LayerNorm", "up": "intermediate.dense",
        "down": "output.dense", "second": "output.LayerNorm"}
    TOPS = {
        "words": "bert.embeddings.word_embeddings", "places": "bert.embeddings.position_embeddings",
        "segments": "bert.embeddings.token_type_embeddings", "norm": "bert.embeddings.LayerNorm",
        "pooler": "bert.pooler.dense", "classifier": "classifier"}
    LAYER = "bert.encoder.layer."
    TURNED = ()


class GptLayer(nn.Module):
    def __init__(self, width, heads, dropout):
        super().__init__()
        self.ln_1, self.ln_2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.inner, self.mixed = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.attention = Attention(heads, True, dropout)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        x = x + self.dropout(self.mixed(self.attention(*self.inner(self.ln_1(x)).chunk(3, 2))))
        return x + self.dropout(self.down(F.gelu(self.up(self.ln_2(x)), approximate="tanh")))


class Gpt(nn.Module):
    def __init__(self, config, dropout):
        super().__init__()
        width = config["n_embd"]
        self.words = nn.Embedding(config["vocab_size"], width)
        self.places = nn.Embedding(config["n_positions"], width)
        self.layers = nn.ModuleList(GptLayer(width, config["n_head"], dropout) for _ in range(config["n_layer"]))
        self.norm = nn.LayerNorm(width)
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids):
        x = self.dropout(self.words(ids) + self.places(torch.arange(ids.shape[1])))
        for layer in self.layers:
            x = layer(x)
        return F.linear(self.norm(x), self.words.weight)

    def loss(self, ids, _):
        return F.cross_entropy(self(ids)[:, :-1].flatten(0, 1), ids[:, 1:].flatten())

    NAMES = {
        "ln_1": "ln_1", "ln_2": "ln_2", "inner": "attn.c_attn", "mixed": "attn.c_proj", "up": "mlp.c_fc",
        "down": "mlp.c_proj"}
    TOPS = {"words": "transformer.wte", "places": "transformer.wpe", "norm": "transformer.ln_f"}
    LAYER = "transformer.h."
    TURNED = ("inner", "mixed", "up", "down")  # GPT-2 keeps them (inputs, outputs)


def shared(network):
    """name in the folder -> tensor of the network, turned where the folder has it so"""
    for name, tensor in network.state_dict().items():
        parts = name.split(".")
        if parts[0] == "layers":
            turn = parts[2] in network.TURNED and parts[3] == "weight"
            yield f"{network.LAYER}{parts[1]}.{network.NAMES[parts[2]]}.{parts[3]}", tensor.t() if turn else tensor
        else:
            yield f"{network.TOPS[parts[0]]}.{parts[1]}", tensor


def write(folder, kind):
    from safetensors.torch import save_file

    torch.manual_seed(1)
    folder.mkdir(parents=True, exist_ok=True)
    config = SHAPES[kind]
    network = (Bert if kind == "bert" else Gpt)(config, 0.0)
    for parameter in network.parameters():
        if parameter.dim() > 1:
            nn.init.normal_(parameter, std=0.02)
    save_file({name: tensor.contiguous() for name, tensor in shared(network)}, folder / "model.safetensors",
              metadata={"format": "pt"})
    rows, time_ = BATCHES[kind]
    torch.randint(5, config["vocab_size"], (8 * rows * time_,)).numpy().astype(">i4").tofile(folder / "ids")
    (folder / "config.json").write_text(json.dumps(config))


def resident():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def train(arguments):
    import numpy
    from safetensors import safe_open

    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    idle = resident()
    config = json.loads((arguments.folder / "config.json").read_text())
    kind = "bert" if config["model_type"] == "bert" else "gpt"
    network = (Bert if kind == "bert" else Gpt)(config, arguments.dropout)
    with safe_open(arguments.folder / "model.safetensors", "pt") as weights, torch.no_grad():
        for name, tensor in shared(network):
            tensor.copy_(weights.get_tensor(name))
    rows, time_ = BATCHES[kind]
    ids = torch.from_numpy(numpy.fromfile(arguments.folder / "ids", ">i4").astype("int64")).view(-1, rows, time_)
    labels = torch.arange(rows) % 77
    optimiser = torch.optim.AdamW(network.parameters(), lr=1e-4, weight_decay=1e-4, fused=True)
    seconds, losses = [], []
    for step in range(arguments.steps):
        if step == 4:
            processor = time.process_time()
        started = time.perf_counter()
        optimiser.zero_grad(set_to_none=True)
        with torch.autocast("cpu", torch.bfloat16, enabled=arguments.bf16):
            loss = network.loss(ids[step % 8], labels)
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        losses.append(loss.item())
        seconds.append(time.perf_counter() - started)
    processor = time.process_time() - processor
    seconds = sorted(seconds[4:])
    print(f"PyTorch {torch.__version__}, {arguments.threads} threads: "
          f"{rows / seconds[len(seconds) // 2]:.2f} rows a second (median step), "
          f"{rows * len(seconds) / processor:.2f} a CPU second, memory "
          f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - idle:.0f} MB above idle, "
          f"mean loss {sum(losses) / len(losses):.4f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=pathlib.Path)
    parser.add_argument("--write", type=pathlib.Path)
    parser.add_argument("--kind", choices=SHAPES)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--steps", type=int, default=24)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--bf16", action="store_true")
    given = parser.parse_args()
    if given.write:
        write(given.write, given.kind)
    else:
        train(given)
