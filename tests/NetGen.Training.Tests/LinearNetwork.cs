namespace NetGen.Training.Tests;

/// <summary>
/// One dense layer in plain loops, standing in for generated networks: softmax, sigmoid or linear by its loss. Features are divided by a scale that
/// <see cref="FitPreprocessing"/> takes from the data.
/// </summary>
internal sealed class LinearNetwork : ITrainable
{
    private readonly int _inputs;
    private readonly int _outputs;
    private readonly float[] _parameters;
    private readonly float[] _gradients;
    private readonly float[] _state = [1];
    private float[] _differences = [];
    private float[] _batchInputs = [];
    private int _batchCount;

    public LinearNetwork(int inputs, int outputs, LossKind loss = LossKind.SoftmaxCrossEntropy, Shape? outputShape = null, Shape? inputShape = null, int sequenceLength = 0)
    {
        _inputs = inputs;
        _outputs = outputs;
        _parameters = new float[(inputs + 1) * outputs];
        _gradients = new float[_parameters.Length];
        Info = new NetworkInfo
        {
            Name = "Linear",
            ArchitectureHash = "",
            Inputs = [new InputInfo("input", inputShape ?? new Shape(inputs))],
            OutputShape = outputShape ?? new Shape(outputs),
            SequenceLength = outputShape is { Rank: 2 } steps ? steps[0] : sequenceLength,
            Loss = loss,
            Layers = [],
            Parameters = [],
            State = [],
        };
    }

    public NetworkInfo Info { get; }

    public Span<float> Parameters => _parameters;

    public Span<float> Gradients => _gradients;

    public Span<float> State => _state;

    public long StepCount { get; set; }

    public int Reserved { get; private set; }

    /// <summary>Called with each batch before it is learned.</summary>
    public BatchObserver? Observe { get; set; }

    /// <summary>Largest number of samples in one call of <see cref="Predict(ReadOnlySpan{float}, Span{float})"/>.</summary>
    public int LargestPrediction { get; private set; }

    public int TimesFitted { get; private set; }

    public void Reserve(int maxBatch)
    {
        Reserved = maxBatch;
        _differences = new float[maxBatch * _outputs];
        _batchInputs = new float[maxBatch * _inputs];
    }

    public void FitPreprocessing(ReadOnlySpan<float> samples)
    {
        TimesFitted++;
        foreach (float value in samples)
        {
            _state[0] = Math.Max(_state[0], Math.Abs(value));
        }
    }

    public int WorkspaceSize => 0;

    public void Predict(ReadOnlySpan<float> input, Span<float> output)
    {
        LargestPrediction = Math.Max(LargestPrediction, input.Length / _inputs);
        for (int i = 0; i < input.Length / _inputs; i++)
        {
            Span<float> row = output.Slice(i * _outputs, _outputs);
            for (int o = 0; o < _outputs; o++)
            {
                row[o] = _parameters[_inputs * _outputs + o];
                for (int j = 0; j < _inputs; j++)
                {
                    row[o] += input[i * _inputs + j] / _state[0] * _parameters[j * _outputs + o];
                }
            }
            Activate(row);
        }
    }

    public void Predict(ReadOnlySpan<float> input, Span<float> output, Workspace workspace) => Predict(input, output);

    public void PredictLogits(ReadOnlySpan<float> input, Span<float> output) => throw new NotSupportedException();

    public void PredictLogits(ReadOnlySpan<float> input, Span<float> output, Workspace workspace) => throw new NotSupportedException();

    public float Evaluate(in Batch batch, Span<float> predictions)
    {
        Predict(batch.Inputs, predictions);
        double loss = 0;
        double weights = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            double weight = batch.Weights.IsEmpty ? 1 : batch.Weights[i];
            weights += weight;
            for (int o = 0; o < _outputs; o++)
            {
                loss += weight * LossOf(predictions[i * _outputs + o], Target(batch, i, o));
            }
        }
        return (float)(loss / weights);
    }

    public float Forward(in Batch batch)
    {
        _batchCount = batch.Count;
        batch.Inputs.CopyTo(_batchInputs);
        float loss = Evaluate(batch, _differences.AsSpan(0, batch.Count * _outputs));
        for (int i = 0; i < batch.Count * _outputs; i++)
        {
            _differences[i] -= Target(batch, i / _outputs, i % _outputs);
        }
        return loss;
    }

    public void Backward()
    {
        _gradients.AsSpan().Clear();
        for (int i = 0; i < _batchCount; i++)
        {
            for (int o = 0; o < _outputs; o++)
            {
                float difference = _differences[i * _outputs + o] / _batchCount;
                _gradients[_inputs * _outputs + o] += difference;
                for (int j = 0; j < _inputs; j++)
                {
                    _gradients[j * _outputs + o] += difference * _batchInputs[i * _inputs + j] / _state[0];
                }
            }
        }
    }

    public float TrainStep(in Batch batch, Optimizer optimizer)
    {
        Observe?.Invoke(batch);
        float loss = Forward(batch);
        Backward();
        optimizer.Step(this);
        return loss;
    }

    private void Activate(Span<float> row)
    {
        if (Info.Loss == LossKind.SigmoidCrossEntropy)
        {
            for (int o = 0; o < row.Length; o++)
            {
                row[o] = 1 / (1 + MathF.Exp(-row[o]));
            }
        }
        else if (Info.Loss == LossKind.SoftmaxCrossEntropy)
        {
            float sum = 0;
            for (int o = 0; o < row.Length; o++)
            {
                row[o] = MathF.Exp(row[o]);
                sum += row[o];
            }
            for (int o = 0; o < row.Length; o++)
            {
                row[o] /= sum;
            }
        }
    }

    private double LossOf(double output, double target) => Info.Loss switch
    {
        LossKind.SoftmaxCrossEntropy => target == 0 ? 0 : -target * Math.Log(output),
        LossKind.SigmoidCrossEntropy => -target * Math.Log(output) - (1 - target) * Math.Log(1 - output),
        _ => (output - target) * (output - target),
    };

    private float Target(in Batch batch, int sample, int output) => batch.Classes.IsEmpty
        ? batch.Targets[sample * _outputs + output]
        : batch.Classes[sample] == (_outputs == 1 ? 1 : output) ? 1 : 0;
}

internal delegate void BatchObserver(in Batch batch);

/// <summary>Plain gradient descent.</summary>
internal sealed class Descent() : Optimizer(learningRate: 0)
{
    protected override void Begin(int parameterFloats)
    {
    }

    protected override void Update(int start, Span<float> parameters, ReadOnlySpan<float> gradients)
    {
        for (int i = 0; i < parameters.Length; i++)
        {
            parameters[i] -= LearningRate * gradients[i];
        }
    }
}
