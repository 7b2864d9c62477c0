"""Training networks of sequences in PyTorch, for torch_peer.py."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F

from torch_images import agreed

# As Workloads/SequenceWorkloads.cs: losses of so many steps are compared, at a rate that lets each step be seen in the next.
COMPARED_STEPS, COMPARED_RATE = 4, 0.1
CLASSES = 10  # as RecurrentTraining.Classes

VARIANTS = {
    "recurrent-training": ["eager", "foreach", "time-major"],
    "transformer-training": ["module", "module-foreach", "written-out", "written-out-foreach"],
}


class Recurrence(nn.Module):
    def __init__(self, cell, inputs, units, time_major):
        super().__init__()
        self.recurrence = {"lstm": nn.LSTM, "gru": nn.GRU}[cell](inputs, units, batch_first=not time_major)
        self.dense = nn.Linear(units, CLASSES)
        self.time_major = time_major

    def forward(self, x):
        y, _ = self.recurrence(x)
        return self.dense(y[-1] if self.time_major else y[:, -1])


class WrittenOutAttention(nn.Module):
    """Attention as people write it who do not take the module."""

    def __init__(self, width, heads):
        super().__init__()
        self.in_proj, self.out_proj, self.heads = nn.Linear(width, 3 * width), nn.Linear(width, width), heads

    def forward(self, x, mask):
        batch, steps, width = x.shape
        q, k, v = (t.view(batch, steps, self.heads, -1).transpose(1, 2) for t in self.in_proj(x).split(width, -1))
        scores = (q @ k.transpose(-2, -1)) * (width // self.heads) ** -0.5
        scores = torch.softmax(scores.masked_fill(mask, float("-inf")), -1)
        return self.out_proj((scores @ v).transpose(1, 2).reshape(batch, steps, width))


class ModuleAttention(nn.MultiheadAttention):
    def __init__(self, width, heads):
        super().__init__(width, heads, batch_first=True)

    def forward(self, x, mask):
        return super().forward(x, x, x, attn_mask=mask, need_weights=False)[0]


class Block(nn.Module):
    def __init__(self, attention, width, heads):
        super().__init__()
        self.norm1, self.attention = nn.LayerNorm(width), attention(width, heads)
        self.norm2, self.dense1, self.dense2 = nn.LayerNorm(width), nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x, mask):
        x = x + self.attention(self.norm1(x), mask)
        return x + self.dense2(F.gelu(self.dense1(self.norm2(x))))


class Transformer(nn.Module):
    def __init__(self, attention, blocks, width, heads, steps, vocabulary):
        super().__init__()
        self.embedding, self.positions = nn.Embedding(vocabulary, width), nn.Embedding(steps, width)
        self.blocks = nn.ModuleList(Block(attention, width, heads) for _ in range(blocks))
        self.norm, self.dense = nn.LayerNorm(width), nn.Linear(width, vocabulary)
        self.register_buffer("mask", torch.triu(torch.ones(steps, steps, dtype=torch.bool), 1))

    def forward(self, ids):
        x = self.embedding(ids) + self.positions.weight
        for block in self.blocks:
            x = block(x, self.mask)
        return self.dense(self.norm(x))


def give_agreed(model):
    """As SequenceWorkloads.Step: parameters are in the order in which NetGen has them."""
    with torch.no_grad():
        for i, (name, tensor) in enumerate(model.named_parameters()):
            values = agreed(tensor.numel(), 100 + 4 * i).view(tensor.shape)
            if tensor.dim() > 1:
                values = values * math.sqrt(6 * tensor.shape[0] / tensor.numel())
            else:
                values = values * 0.1 if "bias" in name else 1 + values * 0.2
            tensor.copy_(values)
    return model


def build(variant, work):
    """The network, and a batch of samples for it."""
    if work[0] == "recurrent-training":
        inputs, units, steps, batch = map(int, work[2:])
        x = agreed(batch * steps * inputs, 1).view(batch, steps, inputs)
        time_major = variant == "time-major"
        return Recurrence(work[1], inputs, units, time_major), x.transpose(0, 1).contiguous() if time_major else x, batch, CLASSES
    blocks, width, heads, steps, vocabulary, batch = map(int, work[1:])
    attention = ModuleAttention if variant.startswith("module") else WrittenOutAttention
    ids = ((agreed(batch * steps, 1) + 1) / 2 * vocabulary).long().view(batch, steps)
    return Transformer(attention, blocks, width, heads, steps, vocabulary), ids, batch * steps, vocabulary


def step_of(variant, work, rate):
    model, x, rows, classes = build(variant, work)
    give_agreed(model)
    y = torch.arange(rows) % classes
    optimizer = torch.optim.SGD(model.parameters(), lr=rate, foreach=variant.endswith(("foreach", "time-major")))

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(model(x).view(rows, classes), y)
        loss.backward()
        optimizer.step()
        return loss

    return step


def train(variant, work, rate):
    step = step_of(variant, work, rate)

    def run(repetitions):
        for _ in range(repetitions):
            step()

    return run


def losses(variant, work):
    step = step_of(variant, work, COMPARED_RATE)
    return [step().item() for _ in range(COMPARED_STEPS)]
