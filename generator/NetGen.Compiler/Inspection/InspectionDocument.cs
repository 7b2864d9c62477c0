using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Costs;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Passes;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Inspection;

/// <summary>
/// What a network compiled to, as JSON: its layers with their costs and places in the source, the graph that they make, what each pass computes and with which code, and the memory
/// plan. <c>docs/inspect.md</c> describes the members. The same network gives the same text on every machine.
/// </summary>
internal sealed class InspectionDocument
{
    /// <summary>Counts the changes that a reader must know of.</summary>
    private const int Schema = 1;

    private readonly NetworkSpec _spec;
    private readonly LoweredNetwork _written;
    private readonly LoweredNetwork _network;
    private readonly CompiledPrograms _programs;
    private readonly IReadOnlyList<SourcePlace> _places;
    private readonly ProgramEmitter _emitted;
    private readonly List<Layer> _layers;
    private readonly Dictionary<Layer, int> _indices;

    /// <param name="spec">What the user wrote.</param>
    /// <param name="written">The network in the layout that users see.</param>
    /// <param name="network">The network as it is compiled.</param>
    /// <param name="programs">What it computes.</param>
    /// <param name="places">Where its elements stand in the source.</param>
    public InspectionDocument(NetworkSpec spec, LoweredNetwork written, LoweredNetwork network, CompiledPrograms programs, IReadOnlyList<SourcePlace> places)
    {
        (_spec, _written, _network, _programs, _places) = (spec, written, network, programs, places);
        _emitted = new(new SourceWriter(), network, programs, spec.Mode == NetworkMode.Inference);
        _emitted.Emit();
        _layers = [
            .. network.Inputs.Select(input => new Layer(input.Name, input.Description)),
            .. network.Layers.Select(row => row.Layer),
            .. network.Outputs.Select(output => output.LossLayer).OfType<Layer>()];
        _indices = _layers.Select((layer, index) => (layer, index)).ToDictionary(pair => pair.layer, pair => pair.index);
    }

    public string Write()
    {
        CostSheet costs = _emitted.Costs;
        Size? training = _programs.Training?.Plan.ArenaSize;
        string[] members =
        [
            $"\"schema\":{Schema}",
            $"\"netgen\":{Json.Of(NetworkEmitter.Version)}",
            $"\"name\":{Json.Of(_spec.Type.Name.TrimStart('@'))}",
            $"\"fullName\":{Json.Of(_spec.Type.FullName)}",
            $"\"mode\":{Json.Of(_spec.Mode == NetworkMode.Inference ? "inference" : training is null ? "prediction" : "training")}",
            $"\"output\":{Json.Of(_network.OutputShape.Describe())}",
            "\"totals\":" + CostOf(costs.Parameters, costs.ArenaBytes, costs.Flops, costs.TrainingFlops, costs.BytesMoved, costs.CodeBytes, costs.Nanoseconds),
            "\"roofline\":" + Json.Object(
                ("flopsPerNanosecond", Json.Of(Roofline.FlopsPerNanosecond)), ("cacheBytesPerNanosecond", Json.Of(Roofline.CacheBytesPerNanosecond)),
                ("memoryBytesPerNanosecond", Json.Of(Roofline.MemoryBytesPerNanosecond)), ("cacheBytes", Json.Of(Roofline.CacheBytes))),
            "\"layers\":" + Json.Lines(LayersOf()),
            $"\"edges\":{Json.Array(Edges().Select(edge => Json.Array([edge.From, edge.To])))}",
            "\"passes\":" + Json.Lines(_emitted.Passes.Select(PassOf)),
            "\"memory\":" + Json.Lines(Memory()),
        ];
        return $"{{\n{string.Join(",\n", members)}\n}}";
    }

    private IEnumerable<string> LayersOf()
    {
        HashSet<Layer> computing = [.. _written.Forward.Nodes.Where(node => node.Op is not (Parameter or State)).Select(node => node.Layer)];
        foreach (InputSpec input in _network.Inputs)
        {
            yield return LayerOf(new(input.Name, input.Description), "input", input.Shape, input.Shape);
        }
        foreach ((LayerRow row, LayerCost cost) in _network.Layers.Zip(_emitted.Costs.Layers, (row, cost) => (row, cost)))
        {
            SourcePlace? place = _places.FirstOrDefault(place => place.Path.Equals(row.Place));
            yield return LayerOf(
                row.Layer,
                computing.Contains(row.Layer) ? "layer" : "block",
                row.Input,
                row.Output,
                ("notes", Json.Array(_emitted.Notes[row.Layer].Select(Json.Of))),
                ("source", place is null ? "null" : Json.Object(("file", Json.Of(place.File)), ("line", Json.Of(place.Line)))),
                ("tensors", Json.Array(row.Parameters.Select(tensor => TensorOf(tensor, trained: true)).Concat(row.State.Select(tensor => TensorOf(tensor, trained: false))))),
                ("cost", CostOf(cost.Parameters, cost.ArenaBytes, cost.Flops, cost.TrainingFlops, cost.BytesMoved, cost.CodeBytes, cost.Nanoseconds)),
                ("fusedInto", FusedInto(row.Layer)));
        }
        foreach (OutputSpec output in _network.Outputs.Where(output => output.LossLayer is not null))
        {
            yield return LayerOf(output.LossLayer!, "loss", output.Shape, Shape.Of());
        }
    }

    private static string LayerOf(Layer layer, string kind, Shape input, Shape output, params (string, string)[] more) => Json.Object([
        ("path", Json.Of(layer.Path)), ("description", Json.Of(layer.Description)), ("kind", Json.Of(kind)),
        ("input", Json.Of(input.Describe())), ("output", Json.Of(output.Describe())), .. more]);

    private static string CostOf(long parameters, long arenaBytes, long flops, long trainingFlops, long bytesMoved, int codeBytes, double nanoseconds) => Json.Object(
        ("parameters", Json.Of(parameters)), ("arenaBytes", Json.Of(arenaBytes)), ("flops", Json.Of(flops)), ("trainingFlops", Json.Of(trainingFlops)),
        ("bytesMoved", Json.Of(bytesMoved)), ("codeBytes", Json.Of(codeBytes)), ("nanoseconds", Json.Of(nanoseconds)));

    /// <summary>For each pass, the layer whose code computes this one.</summary>
    private string FusedInto(Layer layer) => Json.Object([.. _emitted.Passes
        .Select(pass => (pass.Name, Into: _emitted.FusedInto(pass.Name, layer)))
        .Where(pair => pair.Into is not null)
        .Select(pair => (pair.Name, IndexOf(pair.Into!)))]);

    private static string TensorOf(TensorSpec tensor, bool trained) => Json.Object(
        ("name", Json.Of(tensor.Name)), ("shape", Json.Of(tensor.LogicalShape.Describe())), ("offset", Json.Of(tensor.Offset)), ("count", Json.Of(tensor.Count)),
        ("trained", trained ? "true" : "false"));

    /// <summary>Which layer reads what which other gives, in the order of the layers.</summary>
    private IEnumerable<(int From, int To)> Edges() => _written.Forward.Nodes
        .Where(node => node.Op is not Source)
        .SelectMany(node => node.Operands.Where(operand => operand.Op is Input or not Source), (node, operand) => (From: operand.Layer, To: node.Layer))
        .Where(edge => edge.From != edge.To && _indices.ContainsKey(edge.From) && _indices.ContainsKey(edge.To))
        .Select(edge => (From: _indices[edge.From], To: _indices[edge.To]))
        .Distinct()
        .OrderBy(edge => edge.To).ThenBy(edge => edge.From);

    private string PassOf(EmittedPass pass) => Json.Object(
        ("name", Json.Of(pass.Name)),
        ("formulas", Json.Lines(pass.Steps.SelectMany(step => step.Nodes).Select(node => Json.Object(
            ("layer", IndexOf(node.Layer)), ("text", Json.Of(node.Op.Formula(node, pass.Names))), ("shape", Json.Of(node.Shape.ToString())))))),
        ("methods", Json.Lines(pass.Steps.GroupBy(step => step.Method).Select(group => group.First()).Select(step => Json.Object(
            ("name", Json.Of(step.Method)),
            ("layers", Json.Array(step.Nodes.Select(node => node.Layer).Distinct().Where(_indices.ContainsKey).Select(layer => _indices[layer]))),
            ("code", Json.Of(step.Code.TrimEnd())))))));

    private IEnumerable<string> Memory()
    {
        yield return MemoryOf("Predict", _programs.Prediction);
        if (_programs.Training is { } training)
        {
            yield return MemoryOf("Training", training);
        }
        if (_programs.Step is { } step)
        {
            yield return MemoryOf("Step", step.Program);
        }
    }

    private string MemoryOf(string name, CompiledProgram program) => Json.Object(
        ("name", Json.Of(name)),
        ("perSample", Json.Of(program.Plan.ArenaSize.PerSample)),
        ("constant", Json.Of(program.Plan.ArenaSize.Constant)),
        ("forward", Json.Of(program.Schedule.Forward.Count)),
        ("steps", Json.Array(program.Schedule.All.Select(node => IndexOf(node.Layer)))),
        ("slots", Json.Lines(program.Plan.Slots.OrderBy(slot => slot.First).ThenBy(slot => slot.Values[0].Id).Select(slot => Json.Object(
            ("perSample", Json.Of(slot.Offset.PerSample)),
            ("constant", Json.Of(slot.Offset.Constant)),
            ("floats", Json.Of(slot.Floats)),
            ("batched", slot.Values[0].Shape.Batched ? "true" : "false"),
            ("first", Json.Of(slot.First)),
            ("last", Json.Of(slot.Last)),
            ("values", Json.Array(slot.Values.Select(value => Json.Object(
                ("name", Json.Of(value.Name)), ("layer", IndexOf(value.Layer)), ("shape", Json.Of(value.Shape.ToString())))))))))));

    private string IndexOf(Layer layer) => Json.Of(_indices.TryGetValue(layer, out int index) ? index : -1);
}
