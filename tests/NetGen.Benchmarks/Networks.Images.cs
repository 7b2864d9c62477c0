namespace NetGen.Benchmarks;

// The networks of Images/ImageNetworks.cs as a user writes them.

[Network]
[Input(1, 28, 28)]
[Conv2D(16, 3, Padding = Padding.None), ReLU, MaxPool2D(2)]
[Conv2D(32, 3, Padding = Padding.None), ReLU, MaxPool2D(2)]
[Flatten, Dense(10)]
internal sealed partial class ConvPredictor;

[Network]
[Input(1, 28, 28)]
[Conv2D(16, 3, Padding = Padding.None), ReLU, MaxPool2D(2)]
[Conv2D(32, 3, Padding = Padding.None), ReLU, MaxPool2D(2)]
[Flatten, Dense(10)]
[SoftmaxCrossEntropy]
internal sealed partial class ConvClassifier;

[Network]
[Input(1, 28, 28)]
[Conv2D(6, 5, Padding = Padding.None), ReLU, MaxPool2D(2)]
[Conv2D(16, 5, Padding = Padding.None), ReLU, MaxPool2D(2)]
[Flatten, Dense(120), ReLU, Dense(84), ReLU, Dense(10)]
[SoftmaxCrossEntropy]
internal sealed partial class LeNetClassifier;
