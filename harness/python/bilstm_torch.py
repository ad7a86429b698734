"""The network of `model.type: bilstm` in PyTorch, trained on the token ids that Sampan trained on.

    python bilstm_torch.py WORK_FOLDER [--epochs 3] [--threads 1] [--batch 32] [--seed 1]

WORK_FOLDER is the work folder of a training by Sampan; its `tokens` are read (ids, offsets, labels, big-endian). The
order of batches follows the same policy: rows shuffled, sorted by length within windows of 32 batches, batches shuffled.
Prints one JSON line: rows a second of wall-clock and of CPU time over the epochs, and the validation accuracy.
"""
import argparse, json, pathlib, time

import numpy as np
import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence


def store(folder):
    ids = np.fromfile(folder / "ids", ">i4").astype(np.int64)
    offsets = np.fromfile(folder / "offsets", ">i8").astype(np.int64)
    labels = np.fromfile(folder / "labels", ">i4").astype(np.int64)
    return [torch.from_numpy(ids[a:b]) for a, b in zip(offsets, offsets[1:])], torch.from_numpy(labels)


class BiLstm(nn.Module):
    def __init__(self, vocabulary, labels, embedding=128, hidden=64, dense=64, dropout=0.3):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, embedding, padding_idx=0)
        self.lstm = nn.LSTM(embedding, hidden, batch_first=True, bidirectional=True)
        self.dense = nn.Linear(2 * hidden, dense)
        self.classifier = nn.Linear(dense, labels)
        self.dropout = nn.Dropout(dropout)

    def forward(self, ids, lengths):
        packed = pack_padded_sequence(self.dropout(self.embedding(ids)), lengths, batch_first=True, enforce_sorted=False)
        states, _ = pad_packed_sequence(self.lstm(packed)[0], batch_first=True, padding_value=-2.0)
        return self.classifier(self.dropout(torch.relu(self.dense(states.max(1).values))))


def batches(lengths, size, generator):
    order = generator.permutation(len(lengths))
    window = 32 * size
    order = np.concatenate([w[np.argsort(lengths[w], kind="stable")] for w in np.split(order, range(window, len(order), window))])
    cut = np.split(order, range(size, len(order), size))
    return [cut[i] for i in generator.permutation(len(cut))]


def padded(texts, rows):
    chosen = [texts[r] for r in rows]
    return nn.utils.rnn.pad_sequence(chosen, batch_first=True), torch.tensor([len(t) for t in chosen])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=pathlib.Path)
    for name, value in (("epochs", 3), ("threads", 1), ("batch", 32), ("seed", 1)):
        parser.add_argument("--" + name, type=int, default=value)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    folders = {f.name.rsplit("-", 1)[1]: f for f in (args.work / "tokens").iterdir()}
    (texts, labels), (v_texts, v_labels) = store(folders["TRAIN"]), store(folders["VALIDATION"])
    lengths = np.array([len(t) for t in texts])
    vocabulary = 1 + max(int(t.max()) for t in texts)
    network = BiLstm(vocabulary, int(labels.max()) + 1)
    optimiser = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=1e-4)
    generator = np.random.default_rng(args.seed)
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(args.epochs):
        network.train()
        for rows in batches(lengths, args.batch, generator):
            ids, length = padded(texts, rows)
            optimiser.zero_grad()
            nn.functional.cross_entropy(network(ids, length), labels[rows]).backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    network.eval()
    with torch.no_grad():
        right = sum(
            (network(*padded(v_texts, rows)).argmax(1) == v_labels[rows]).sum().item()
            for rows in np.split(np.arange(len(v_texts)), range(256, len(v_texts), 256))
        )
    count = len(texts) * args.epochs
    print(json.dumps({
        "who": "torch " + torch.__version__, "threads": args.threads, "rows": len(texts), "vocabulary": vocabulary,
        "rows_per_second": round(count / wall), "rows_per_cpu_second": round(count / cpu),
        "validation_accuracy": round(right / len(v_texts), 4),
    }))


if __name__ == "__main__":
    main()
