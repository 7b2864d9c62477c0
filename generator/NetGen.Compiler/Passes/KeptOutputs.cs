using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Passes;

/// <summary>
/// Finds the outputs of layers that lie in the arena when Forward ends. What Backward reads is among them, because the plan lets nothing take its place before; what a fused op never
/// stored, or a later value has overwritten, is not.
/// </summary>
internal static class KeptOutputs
{
    /// <summary>The values in order of computation; each has the name of its layer.</summary>
    /// <param name="schedule">The order of a training program.</param>
    /// <param name="plan">Its memory.</param>
    /// <param name="layers">The paths of all layers.</param>
    public static IReadOnlyList<Node> Of(Schedule schedule, MemoryPlan plan, IEnumerable<string> layers)
    {
        var outputs = new HashSet<string>(layers);
        var read = new HashSet<Node>(schedule.Backward.SelectMany(node => node.Operands).Select(operand => operand.Origin));
        return [.. schedule.Forward.Where(node => read.Contains(node) && outputs.Contains(node.Name) && plan.Locations[node].Region == Region.Arena)];
    }
}
