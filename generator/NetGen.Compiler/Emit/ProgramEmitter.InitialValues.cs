using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;

namespace NetGen.Compiler.Emit;

/// <content>How parameters and state start, and how preprocessing is fitted.</content>
internal sealed partial class ProgramEmitter
{
    private void EmitInitialize()
    {
        Heading("Initial values");
        _writer.Open("internal static void SetInitialValues(Span<float> parameters, Span<float> state, ulong seed)");
        int stream = 0;
        foreach (TensorSpec tensor in _network.Parameters)
        {
            EmitInitialize("parameters", tensor, stream++);
        }
        foreach (TensorSpec tensor in _network.State)
        {
            EmitInitialize("state", tensor, 0);
        }
        _writer.Close();
        if (_network.Fits.Count == 0)
        {
            return;
        }
        _writer.Line();
        int sampleSize = _network.Inputs.Sum(input => (int)input.Shape.Count);
        _writer.Open("internal static void FitPreprocessing(ReadOnlySpan<float> samples, Span<float> state)");
        foreach (FitSpec fit in _network.Fits)
        {
            int count = fit.Input.Shape.Extents[fit.Axis];
            string state = string.Join(", ", fit.State.Select(name => $"state.Slice({_constants[name]}, {count})"));
            _writer.Line(
                $"Statistics.{fit.Method}(samples, sampleSize: {sampleSize}, start: {fit.Input.Start}, size: {fit.Input.Shape.Count}, {SumTo.Along(fit.Input.Shape, fit.Axis)}, {state});");
        }
        _writer.Close();
    }

    private void EmitInitialize(string buffer, TensorSpec tensor, int stream)
    {
        string span = $"{buffer}.Slice({_constants[tensor.Name]}, {tensor.Count})";
        Initialization initialization = tensor.Initialization;
        string value = Literal.Of(initialization.Value);
        switch (initialization.Kind)
        {
            case InitializationKind.Uniform:
                _writer.Line($"Initialize.Uniform({span}, {value}, seed, stream: {stream});   // {initialization.Formula}");
                break;
            case InitializationKind.Normal:
                _writer.Line($"Initialize.Normal({span}, {value}, seed, stream: {stream});   // {initialization.Formula}");
                break;
            default:
                _writer.Line($"Initialize.Constant({span}, {value});");
                break;
        }
    }
}
