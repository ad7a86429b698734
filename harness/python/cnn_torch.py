"""The worked example's CNN in PyTorch: 256 x 256 x 3, convolutions of 32, 64 and 128 channels (3 x 3, relu, max-pool 2),
dense 128, one sigmoid; Adam, binary cross-entropy, batches of 16. Prints rows a second and the growth of memory.

python cnn_torch.py --threads 2 --steps 24
"""
import argparse
import resource
import time

import torch

parser = argparse.ArgumentParser()
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--steps", type=int, default=24)
parser.add_argument("--batch", type=int, default=16)
arguments = parser.parse_args()
torch.set_num_threads(arguments.threads)
torch.manual_seed(1)


def resident():
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def layer(inputs, outputs):
    return [torch.nn.Conv2d(inputs, outputs, 3), torch.nn.ReLU(), torch.nn.MaxPool2d(2)]


idle = resident()
network = torch.nn.Sequential(
    *layer(3, 32), *layer(32, 64), *layer(64, 128),
    torch.nn.Flatten(), torch.nn.Linear(128 * 30 * 30, 128), torch.nn.ReLU(), torch.nn.Linear(128, 1))
optimiser = torch.optim.AdamW(network.parameters(), lr=1e-3)
loss_of = torch.nn.BCEWithLogitsLoss()
pictures = torch.randint(0, 256, (arguments.batch * 8, 3, 256, 256), dtype=torch.uint8)
labels = torch.randint(0, 2, (arguments.batch * 8, 1)).float()
seconds = []
for step in range(arguments.steps):
    at = step % 8 * arguments.batch
    started = time.perf_counter()
    batch = pictures[at:at + arguments.batch].float().div(255).sub(0.5).div(0.29)
    optimiser.zero_grad()
    loss = loss_of(network(batch), labels[at:at + arguments.batch])
    loss.backward()
    optimiser.step()
    seconds.append(time.perf_counter() - started)
seconds = sorted(seconds[4:])
print(f"PyTorch {torch.__version__}, {arguments.threads} threads: "
      f"{arguments.batch / seconds[len(seconds) // 2]:.2f} rows a second (median step), "
      f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - idle:.0f} MB above idle")
