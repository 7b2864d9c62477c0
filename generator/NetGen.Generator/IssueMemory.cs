using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using NetGen.Compiler;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Spec;

namespace NetGen.Generator;

/// <summary>The issues of the networks that were analysed last. An editor asks again at every key that is pressed, mostly for networks that did not change.</summary>
internal sealed class IssueMemory
{
    /// <summary>Networks remembered; more than a project has, so that forgetting all at once is rare.</summary>
    private const int Capacity = 256;

    private readonly ConcurrentDictionary<NetworkSpec, IReadOnlyList<Issue>> _known = new();

    /// <summary>The issues of a network: a function of its specification alone.</summary>
    public IReadOnlyList<Issue> IssuesOf(NetworkSpec spec, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(spec, out IReadOnlyList<Issue>? issues))
            return issues;

        issues = NetworkCompiler.Analyze(spec, cancellationToken);
        if (_known.Count >= Capacity)
            _known.Clear();
        return _known[spec] = issues;
    }
}
