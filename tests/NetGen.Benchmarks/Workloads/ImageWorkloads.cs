using NetGen.Benchmarks.Images;
using NetGen.Benchmarks.Peers;
using NetGen.CompilerServices;

namespace NetGen.Benchmarks.Workloads;

/// <summary>Predict and TrainStep of networks of images, with <see cref="AgreedNumbers"/>.</summary>
internal static class ImageWorkloads
{
    // So small that the millionth step finds the numbers of the first, as in TrainingWorkloads.
    private const float Rate = 1e-4f;

    // As in peers/torch_images.py: losses of so many steps are compared, at a rate that lets each step be seen in the next.
    private const int ComparedSteps = 4;
    private const float ComparedRate = 0.01f;

    public static IEnumerable<Workload> All =>
    [
        Training("conv-train", () => new ConvClassifier(), new(ImageNetworks.Conv, 32)) with
        {
            Targets =
            [
                new Ratio(3.0, PeerTable.PyTorchChannelsLast),
                new Ratio(5.5, PeerTable.PyTorch),
                new Bytes(0),
                new Scaling(1.8) { Threads = 2 },
                new Bytes(0) { Threads = 2 },
            ],
        },
        Training("lenet-train", () => new LeNetClassifier(), new(ImageNetworks.LeNet, 128)) with
        {
            Targets =
            [
                new Ratio(2.5, PeerTable.PyTorch, PeerTable.PyTorchChannelsLast),
                new Bytes(0),
                new Ratio(2.5, PeerTable.PyTorch, PeerTable.PyTorchChannelsLast) { Threads = 2 },
                new Bytes(0) { Threads = 2 },
            ],
        },
        Prediction("conv-infer", () => new ConvPredictor(), new(ImageNetworks.Conv, 1), 1.9),
        Prediction("conv-infer-batch-32", () => new ConvPredictor(), new(ImageNetworks.Conv, 32), 1.5),
        Prediction("resnet8", () => new ResNet8Predictor(), new(ImageNetworks.ResNet8, 1), 1.3),
        Prediction("ds-cnn", () => new DsCnnPredictor(), new(ImageNetworks.DsCnn, 1), 1.3),
        Prediction("mobilenet-vww", () => new MobileNetPredictor(), new(ImageNetworks.MobileNet, 1), 1.3),
    ];

    private static Workload Training(string name, Func<ITrainable> create, ImageTraining training) =>
        new("image-train", name, training, () => Train(AgreedTensors.Give(create(), training.Network), training.Batch))
        {
            Peers = [PeerTable.PyTorchChannelsLast, PeerTable.PyTorch],
            Threads = [1, 2],
            Numbers = () => Losses(AgreedTensors.Give(create(), training.Network), training.Batch),
        };

    private static Workload Prediction(string name, Func<INetwork> create, ImagePrediction prediction, double ratio) =>
        new("image-infer", name, prediction, () => Predict(AgreedTensors.Give(create(), prediction.Network), prediction.Batch).Run)
        {
            Peers = [PeerTable.OnnxRuntime],
            Targets = [new Ratio(ratio, PeerTable.OnnxRuntime), new Bytes(0)],
            Numbers = () =>
            {
                (Action<int> run, AlignedBuffer output) = Predict(AgreedTensors.Give(create(), prediction.Network), prediction.Batch);
                run(1);
                return output.Span.ToArray();
            },
        };

    private static (Action<int> Run, AlignedBuffer Output) Predict(INetwork net, int batch)
    {
        AlignedBuffer input = Samples(net, batch), output = new(batch * net.Info.OutputSize);
        return (Run, output);

        void Run(int repetitions)
        {
            while (repetitions-- > 0) net.Predict(input.Span, output.Span);
        }
    }

    private static Action<int> Train(ITrainable net, int batch)
    {
        Func<float> step = Step(net, batch, Rate);
        return repetitions =>
        {
            while (repetitions-- > 0) step();
        };
    }

    private static float[] Losses(ITrainable net, int batch)
    {
        Func<float> step = Step(net, batch, ComparedRate);
        return [.. Enumerable.Range(0, ComparedSteps).Select(_ => step())];
    }

    private static Func<float> Step(ITrainable net, int batch, float rate)
    {
        net.Reserve(batch);
        SGD sgd = new(rate);
        AlignedBuffer inputs = Samples(net, batch);
        int[] classes = [.. Enumerable.Range(0, batch).Select(i => i % net.Info.OutputSize)];
        return () => net.TrainStep(new Batch { Count = batch, Inputs = inputs.Span, Classes = classes }, sgd);
    }

    private static AlignedBuffer Samples(INetwork net, int batch)
    {
        AlignedBuffer samples = new(batch * net.Info.InputSize);
        AgreedNumbers.Fill(samples.Span, AgreedNumbers.Samples);
        return samples;
    }
}
