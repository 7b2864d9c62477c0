#!/usr/bin/python3
"""Makes the weights files of these tests: small.safetensors, and golden.safetensors with samples and their outputs, as a network of the layers 4-8-3 gives them."""
import json
import math
import os
import random
import struct

random.seed(1)
FOLDER = os.path.dirname(os.path.abspath(__file__))


def numbers(count):
    return [round(random.uniform(-1, 1), 3) for _ in range(count)]


def write(path, tensors):
    header, data = {}, b""
    for name, (shape, values) in tensors.items():
        part = struct.pack(f"<{len(values)}f", *values)
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(data), len(data) + len(part)]}
        data += part
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(os.path.join(FOLDER, path), "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def dense(x, weight, bias, units):
    return [sum(a * b for a, b in zip(x, weight[row * len(x):(row + 1) * len(x)])) + bias[row] for row in range(units)]


def softmax(x):
    powers = [math.exp(value) for value in x]
    return [power / sum(powers) for power in powers]


small = {
    "dense1.weight": ([8, 4], numbers(32)),
    "dense1.bias": ([8], numbers(8)),
    "dense2.weight": ([3, 8], numbers(24)),
    "dense2.bias": ([3], numbers(3)),
}
write("small.safetensors", small)

samples = [numbers(4) for _ in range(3)]
outputs = []
for sample in samples:
    hidden = [max(value, 0) for value in dense(sample, small["dense1.weight"][1], small["dense1.bias"][1], 8)]
    outputs += softmax(dense(hidden, small["dense2.weight"][1], small["dense2.bias"][1], 3))
write("golden.safetensors", small | {
    "netgen.golden.inputs": ([3, 4], sum(samples, [])),
    "netgen.golden.outputs": ([3, 3], outputs),
})
