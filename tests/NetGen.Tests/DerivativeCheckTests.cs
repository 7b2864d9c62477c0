namespace NetGen.Tests;

public sealed class DerivativeCheckTests
{
    [Fact]
    public void Derivatives_that_belong_to_their_functions_pass()
    {
        Assert.InRange(DerivativeCheck.Activation<Snake>(), 0, 1e-3);
        Assert.InRange(DerivativeCheck.Activation<Rectifier>(), 0, 1e-3);
        Assert.InRange(DerivativeCheck.Loss<LogCosh>(), 0, 1e-3);
        Assert.InRange(DerivativeCheck.Loss<Distance>(), 0, 1e-3);
    }

    [Fact]
    public void A_derivative_that_is_off_is_named_with_the_place_and_both_numbers()
    {
        ArithmeticException wrong = Assert.Throws<ArithmeticException>(() => DerivativeCheck.Activation<WrongSnake>());
        Assert.Matches(@"^WrongSnake\.Derivative at x = -7\.\d+: expected \S+, the slope of WrongSnake\.Value there, got \S+\.$", wrong.Message);
        Assert.Throws<ArithmeticException>(() => DerivativeCheck.Activation<NotANumber>());
        Assert.StartsWith("Halved.Derivative at target -1, prediction = ", Assert.Throws<ArithmeticException>(() => DerivativeCheck.Loss<Halved>()).Message, StringComparison.Ordinal);
    }

    private readonly struct Snake : IActivationFunction
    {
        public static V Value<V>(V x) where V : struct, ILanes<V>
        {
            V sine = VectorMath.Sin(x);
            return V.MultiplyAdd(sine, sine, x);
        }

        public static V Derivative<V>(V x) where V : struct, ILanes<V> => V.Broadcast(1) + VectorMath.Sin(x + x);
    }

    private readonly struct WrongSnake : IActivationFunction
    {
        public static V Value<V>(V x) where V : struct, ILanes<V> => Snake.Value(x);

        public static V Derivative<V>(V x) where V : struct, ILanes<V> => V.Broadcast(1) + VectorMath.Sin(x);
    }

    private readonly struct NotANumber : IActivationFunction
    {
        public static V Value<V>(V x) where V : struct, ILanes<V> => VectorMath.Log(x);

        public static V Derivative<V>(V x) where V : struct, ILanes<V> => V.Broadcast(1) / x;
    }

    private readonly struct Rectifier : IActivationFunction
    {
        public static V Value<V>(V x) where V : struct, ILanes<V> => V.Max(V.Broadcast(0), x);

        public static V Derivative<V>(V x) where V : struct, ILanes<V> => V.SelectGreater(x, V.Broadcast(0), V.Broadcast(1), V.Broadcast(0));
    }

    private readonly struct LogCosh : ILossFunction
    {
        public static V Value<V>(V prediction, V target) where V : struct, ILanes<V>
        {
            V distance = V.Abs(prediction - target);
            return distance + VectorMath.Softplus(V.Broadcast(-2) * distance) - V.Broadcast(0.693147181f);
        }

        public static V Derivative<V>(V prediction, V target) where V : struct, ILanes<V> => VectorMath.Tanh(prediction - target);
    }

    private readonly struct Distance : ILossFunction
    {
        public static V Value<V>(V prediction, V target) where V : struct, ILanes<V> => V.Abs(prediction - target);

        public static V Derivative<V>(V prediction, V target) where V : struct, ILanes<V> => V.CopySign(V.Broadcast(1), prediction - target);
    }

    private readonly struct Halved : ILossFunction
    {
        public static V Value<V>(V prediction, V target) where V : struct, ILanes<V> => (prediction - target) * (prediction - target);

        public static V Derivative<V>(V prediction, V target) where V : struct, ILanes<V> => prediction - target;
    }
}
