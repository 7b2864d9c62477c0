using System;
using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Emit;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Costs;

/// <summary>Holds what a network costs against what it may cost.</summary>
internal static class BudgetCheck
{
    /// <summary>What is over budget: an issue a limit.</summary>
    public static IEnumerable<Issue> Run(NetworkSpec spec, BudgetSpec budget, CostSheet costs)
    {
        (string Argument, BudgetLimit? Limit, string What, long Total, Func<LayerCost, long> Of)[] limits =
        [
            ("parameters", budget.Parameters, "parameters", costs.Parameters, row => row.Parameters),
            ("arenaBytes", budget.ArenaBytes, "bytes of arena", costs.ArenaBytes, row => row.ArenaBytes),
            ("flops", budget.Flops, "FLOPs", costs.Flops, row => row.Flops),
        ];
        foreach (var (argument, limit, what, total, of) in limits)
        {
            if (limit is not null && total > limit.Most)
            {
                LayerCost largest = costs.Layers.OrderByDescending(of).First();
                yield return new(
                    IssueDescriptors.OverBudget,
                    limit.Property is null ? Issue.AtBudget : default,
                    limit.Property is null ? argument : null,
                    new([spec.Type.Name, Literal.Grouped(total), what, Literal.Grouped(limit.Most), limit.Property ?? "its budget", largest.Layer.Path, Literal.Grouped(of(largest))]));
            }
        }
    }
}
