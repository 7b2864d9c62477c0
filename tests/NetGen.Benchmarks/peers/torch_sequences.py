"""Networks of sequences in PyTorch, trained and step by step, for torch_peer.py."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F

from torch_images import agreed

# As Workloads/SequenceWorkloads.cs: losses of so many steps are compared, at a rate that lets each step be seen in the next.
COMPARED_STEPS, COMPARED_RATE = 4, 0.1
CLASSES = 10  # as RecurrentTraining.Classes
TURNS = 16  # as RecurrentStep.Turns

VARIANTS = {
    "recurrent-training": ["eager", "foreach", "time-major"],
    "transformer-training": ["module", "module-foreach", "written-out", "written-out-foreach"],
    "recurrent-step": ["module", "cell", "traced-cell"],
    "transformer-step": ["eager"],
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


def recurrent_stepper(variant, work):
    """Takes the steps of one stream, each time it is called one; gives the state."""
    inputs, units = map(int, work[2:])
    x = agreed(TURNS * inputs, 1).view(TURNS, 1, inputs)
    if variant == "module":
        model, steps = give_agreed(nn.LSTM(inputs, units)), list(x.view(TURNS, 1, 1, inputs))
        states = (torch.zeros(1, 1, units), torch.zeros(1, 1, units))
    else:
        model, steps = give_agreed(nn.LSTMCell(inputs, units)), list(x)
        states = (torch.zeros(1, units), torch.zeros(1, units))
        if variant == "traced-cell":
            model = torch.jit.freeze(torch.jit.trace(model.eval(), (steps[0], states)))
    turn = 0

    def step():
        nonlocal states, turn
        result = model(steps[turn], states)
        states = result[1] if variant == "module" else result
        turn = (turn + 1) % TURNS
        return states[0]

    return step, TURNS


def transformer_stepper(work):
    """Keys and values of the steps before lie in memory that is there already; after the last position it starts again."""
    blocks, width, heads, steps, vocabulary = map(int, work[1:])
    model = give_agreed(Transformer(WrittenOutAttention, blocks, width, heads, steps, vocabulary))
    ids = ((agreed(steps, 1) + 1) / 2 * vocabulary).long().split(1)
    size = width // heads
    keys, values = torch.zeros(blocks, heads, size, steps), torch.zeros(blocks, heads, steps, size)
    position = 0

    def step():
        nonlocal position
        x = model.embedding(ids[position]) + model.positions.weight[position]
        for i, block in enumerate(model.blocks):
            q, k, v = block.attention.in_proj(block.norm1(x)).view(3, heads, size)
            keys[i, :, :, position] = k
            values[i, :, position] = v
            scores = torch.softmax((q[:, None] @ keys[i, :, :, :position + 1]) * size ** -0.5, -1)
            x = x + block.attention.out_proj((scores @ values[i, :, :position + 1]).view(1, width))
            x = x + block.dense2(F.gelu(block.dense1(block.norm2(x))))
        position = (position + 1) % steps
        return torch.softmax(model.dense(model.norm(x)), -1)

    return step, steps


def stepper(variant, work):
    return recurrent_stepper(variant, work) if work[0] == "recurrent-step" else transformer_stepper(work)


def run_steps(variant, work):
    step, _ = stepper(variant, work)

    def run(repetitions):
        with torch.inference_mode():
            for _ in range(repetitions):
                step()

    return run


def numbers_of_steps(variant, work):
    """What the last of all different steps gives."""
    step, count = stepper(variant, work)
    with torch.inference_mode():
        for _ in range(count):
            result = step()
    return result.flatten().tolist()
