using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Passes;

namespace NetGen.Compiler.Emit;

/// <content>What a network shows of its forward pass: nothing of it runs unless somebody asks.</content>
internal sealed partial class ApiEmitter
{
    private void EmitActivations(CompiledProgram training)
    {
        Member(null, "void global::NetGen.IKeepsActivations.ReadActivations(global::NetGen.ActivationReader reader)");
        string reads = string.Concat(KeptOutputs.Of(training.Schedule, training.Plan, network.Layers.Select(row => row.Layer.Path))
            .Select(node => $"\nreader({Literal.Of(node.Name)}, arena.Slice({training.Plan.Locations[node].Offset}, {node.Shape.Size}));"));
        Body($$"""
            int batch = _netgenBatch;
            if (batch == 0)
            {
                throw new global::System.InvalidOperationException("Activations are there between Forward and Backward: call Forward first.");
            }
            {{Floats}} arena = _netgenTraining.Arena(batch);{{reads}}
            """);
    }
}
