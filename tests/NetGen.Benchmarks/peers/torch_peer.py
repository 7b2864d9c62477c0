"""PyTorch's side of `compare`: answers lines of standard input, as peers/PeerProcess.cs describes, until it ends."""

import gc
import os
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

import torch_images
import torch_sequences

SOFTMAX_WIDTH = 64  # as Map.SoftmaxWidth in Work.cs
SGD_RATE, ADAM_RATE = 1e-4, 1e-6  # as in Workloads/TrainingWorkloads.cs: so small that the millionth step finds the numbers of the first
CHANNELS_LAST = "--channels-last" in sys.argv


def mlp(layers):
    modules = []
    for inputs, outputs in zip(layers, layers[1:]):
        modules += [nn.Linear(inputs, outputs), nn.ReLU()]
    return nn.Sequential(*modules[:-1])


def predict(variant, layers, batch):
    model, x = mlp(layers).eval(), torch.randn(batch, layers[0])
    if variant == "traced":
        with torch.inference_mode():
            model = torch.jit.optimize_for_inference(torch.jit.trace(model, x))

    def run(repetitions):
        with torch.inference_mode():
            for _ in range(repetitions):
                model(x)

    return run


def train(variant, layers, batch, update):
    x, y = torch.randn(batch, layers[0]), torch.arange(batch) % layers[-1]
    if variant == "by-hand":
        return train_by_hand(layers, x, y)
    model, foreach = mlp(layers), variant == "foreach"
    if update == "SGD":
        optimizer = torch.optim.SGD(model.parameters(), lr=SGD_RATE, foreach=foreach)
    else:
        optimizer = torch.optim.Adam(model.parameters(), lr=ADAM_RATE, foreach=foreach)

    def run(repetitions):
        for _ in range(repetitions):
            optimizer.zero_grad(set_to_none=True)
            F.cross_entropy(model(x), y).backward()
            optimizer.step()

    return run


def train_by_hand(layers, x, y):
    """SGD without autograd: each product of the backward pass adds straight into its weight."""
    weights = [torch.randn(i, o) / i**0.5 for i, o in zip(layers, layers[1:])]
    biases = [torch.zeros(o) for o in layers[1:]]
    targets = F.one_hot(y, layers[-1]).float()

    def run(repetitions):
        with torch.inference_mode():
            for _ in range(repetitions):
                values = [x]
                for weight, bias in zip(weights, biases):
                    values.append(torch.addmm(bias, values[-1], weight))
                    if weight is not weights[-1]:
                        values[-1].relu_()
                gradient = (torch.softmax(values[-1], 1) - targets).mul_(1 / len(x))
                for i in reversed(range(len(weights))):
                    below = (gradient @ weights[i].t()).mul_(values[i] > 0) if i > 0 else None
                    weights[i].addmm_(values[i].t(), gradient, alpha=-SGD_RATE)
                    biases[i].sub_(gradient.sum(0), alpha=SGD_RATE)
                    gradient = below

    return run


# Each writes into memory that is there already; "plain" is the call that most people write.
INTO = {
    "exp": torch.exp,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "erf": torch.erf,
    "gelu": torch._C._nn.gelu,
    "log": torch.log,
}
PLAIN = {**INTO, "gelu": F.gelu, "softmax": lambda x: torch.softmax(x, 1)}


def map_elements(variant, function, count):
    x = torch.rand(count) * 8 + 0.001 if function == "log" else torch.rand(count) * 8 - 4
    if function == "softmax":
        x = x.view(-1, SOFTMAX_WIDTH)
    y = torch.empty_like(x)

    def run(repetitions):
        with torch.inference_mode():
            if variant == "into":
                f = INTO[function]
                for _ in range(repetitions):
                    f(x, out=y)
            else:
                f = PLAIN[function]
                for _ in range(repetitions):
                    f(x)

    return run


def widths(text):
    return [int(width) for width in text.split("-")]


def variants(work):
    if "--by-hand" in sys.argv:
        return ["by-hand"] if work[0] == "training" and work[3] == "SGD" else []
    if work[0] == "image-training":
        return torch_images.VARIANTS
    if CHANNELS_LAST:
        return []
    if work[0] in torch_sequences.VARIANTS:
        return torch_sequences.VARIANTS[work[0]]
    if work[0] == "prediction":
        return ["eager", "traced"]
    if work[0] == "training":
        return ["eager", "foreach"]
    if work[0] == "map" and work[1] in PLAIN:
        return ["plain"] + (["into"] if work[1] in INTO else [])
    return []


def prepare(variant, work):
    if work[0] == "prediction":
        return predict(variant, widths(work[1]), int(work[2]))
    if work[0] == "training":
        return train(variant, widths(work[1]), int(work[2]), work[3])
    if work[0] == "image-training":
        return torch_images.train(variant, work[1], int(work[2]), SGD_RATE, CHANNELS_LAST)
    if work[0].endswith("-step"):
        return torch_sequences.run_steps(variant, work)
    if work[0] in torch_sequences.VARIANTS:
        return torch_sequences.train(variant, work, SGD_RATE)
    return map_elements(variant, work[1], int(work[2]))


def numbers(variant, work):
    if work[0].endswith("-step"):
        return torch_sequences.numbers_of_steps(variant, work)
    if work[0] in torch_sequences.VARIANTS:
        return torch_sequences.losses(variant, work)
    return torch_images.losses(variant, work[1], int(work[2]), CHANNELS_LAST)


def seconds(run, repetitions):
    """As Measuring/Turn.cs."""
    run(1 + repetitions // 10)
    in_slice = max(1, repetitions // 5)
    fastest = float("inf")
    for _ in range(min(max(repetitions, 3), 5)):
        start = time.perf_counter()
        run(in_slice)
        fastest = min(fastest, time.perf_counter() - start)
    return fastest / in_slice


def main():
    torch.manual_seed(0)
    torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))
    torch.set_num_interop_threads(1)
    gc.disable()
    print(torch.__version__, flush=True)
    prepared = {}
    for line in sys.stdin:
        try:
            question, *words = line.split()
            if question == "variants":
                answer = " ".join(variants(words))
            elif question == "numbers":
                answer = " ".join(map(repr, numbers(words[0], words[1:])))
            else:
                key = " ".join(words[1:])
                if key not in prepared:
                    prepared[key] = prepare(words[1], words[2:])
                answer = repr(seconds(prepared[key], int(words[0])))
        except Exception as e:
            answer = "error " + " ".join(str(e).split())
        print(answer, flush=True)


main()
