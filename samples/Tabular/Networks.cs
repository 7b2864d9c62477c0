using NetGen;

// Two networks for each table, of which a search takes the better one: the tables are small, so what helps is noise, in the form of dropped columns,
// and smooth functions. All take the columns as they are: [Standardize] holds the scaler.

[Network, Input(13), Standardize, Dropout(0.1f), Dense(16), Tanh]
[Dense(3), SoftmaxCrossEntropy]
internal sealed partial class NarrowWineNet;

[Network, Input(13), Standardize, Dropout(0.3f), Dense(32), Tanh]
[Dense(3), SoftmaxCrossEntropy]
internal sealed partial class WideWineNet;

[Network, Input(30), Standardize, Dropout(0.1f), Dense(16), Tanh]
[Dense(2), SoftmaxCrossEntropy]
internal sealed partial class NarrowCancerNet;

[Network, Input(30), Standardize, Dropout(0.3f), Dense(32), Tanh]
[Dense(2), SoftmaxCrossEntropy]
internal sealed partial class WideCancerNet;

// The progression of the disease is a number from 25 to 346: the last layer brings the outputs of the one before, which are near 0 at first, there.

[Network, Input(10), Standardize, Dropout(0.1f), Dense(8), Tanh]
[Dense(1), Rescale(75, 150), MeanSquaredError]
internal sealed partial class NarrowDiabetesNet;

[Network, Input(10), Standardize, Dropout(0.3f), Dense(32), Tanh]
[Dense(1), Rescale(75, 150), MeanSquaredError]
internal sealed partial class WideDiabetesNet;
