"""Training networks of images in PyTorch, for torch_peer.py. Networks are the text that Images/ImageNetwork.cs writes."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F

VARIANTS = ["eager", "foreach", "traced"]

# As Workloads/ImageTrainingWorkloads.cs: losses of so many steps are compared, at a rate that lets each step be seen in the next.
COMPARED_STEPS, COMPARED_RATE = 4, 0.01


def agreed(count, series):
    """As AgreedNumbers.Fill: 32-bit arithmetic in 64-bit integers."""
    hash = (torch.arange(count) * 2654435761 + series * 974711) & 0xFFFFFFFF
    hash = ((hash ^ (hash >> 15)) * 2246822519) & 0xFFFFFFFF
    hash = ((hash ^ (hash >> 13)) * 3266489917) & 0xFFFFFFFF
    return ((hash ^ (hash >> 16)) >> 8).float() / 8388608 - 1


def module(text, shape):
    """The module of a layer that reads images of this shape."""
    kind, *words = text.split("-")
    if kind == "conv":
        filters, kernel, stride, padding = words
        if padding != "none":
            raise ValueError(f"PyTorch has no padding '{padding}'")
        return nn.Conv2d(shape[1], int(filters), tuple(map(int, kernel.split("x"))), int(stride))
    if kind == "relu":
        return nn.ReLU(inplace=True)
    if kind == "max":
        return nn.MaxPool2d(int(words[0]))
    if kind == "flatten":
        return nn.Flatten()
    if kind == "dense":
        return nn.Linear(shape[1], int(words[0]))
    raise ValueError(f"torch_images.py has no layer '{kind}'")


def build(network, channels_last):
    """The network with agreed numbers as its parameters, and the extents of its input."""
    extents, *layers = network.split(",")
    extents = tuple(map(int, extents.split("x")))
    modules, value = [], torch.zeros(1, *extents)
    for layer in layers:
        modules.append(module(layer, value.shape))
        value = modules[-1](value)
    with torch.no_grad():
        for i, layer in enumerate(m for m in modules if hasattr(m, "weight")):
            weight, bias = layer.weight, layer.bias
            bound = math.sqrt(6 * weight.shape[0] / weight.numel())
            weight.copy_(agreed(weight.numel(), 100 + 4 * i).view(weight.shape) * bound)
            bias.copy_(agreed(bias.numel(), 101 + 4 * i) * 0.1)
    model = nn.Sequential(*modules)
    return (model.to(memory_format=torch.channels_last) if channels_last else model), extents


def step_of(variant, network, batch, rate, channels_last):
    """A training step as people write it, on one batch."""
    model, extents = build(network, channels_last)
    x = agreed(batch * math.prod(extents), 1).view(batch, *extents)
    if channels_last:
        x = x.contiguous(memory_format=torch.channels_last)
    optimizer = torch.optim.SGD(model.parameters(), lr=rate, foreach=variant == "foreach")
    if variant == "traced":
        model = torch.jit.trace(model, x)
    with torch.no_grad():
        y = torch.arange(batch) % model(x).shape[1]

    def step():
        optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        return loss

    return step


def train(variant, network, batch, rate, channels_last):
    step = step_of(variant, network, batch, rate, channels_last)

    def run(repetitions):
        for _ in range(repetitions):
            step()

    return run


def losses(variant, network, batch, channels_last):
    """What Images/AgreedNumbers.cs lets compare: the losses of the first steps."""
    step = step_of(variant, network, batch, COMPARED_RATE, channels_last)
    return [step().item() for _ in range(COMPARED_STEPS)]
