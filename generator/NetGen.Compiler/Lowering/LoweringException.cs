using System;
using NetGen.Compiler.Issues;

namespace NetGen.Compiler.Lowering;

/// <summary>Ends lowering at the first mistake: what follows it would be guesswork, and one mistake should give one message.</summary>
internal sealed class LoweringException(Issue issue) : Exception(issue.Message)
{
    public Issue Issue { get; } = issue;
}
