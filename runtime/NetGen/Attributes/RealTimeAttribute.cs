namespace NetGen;

/// <summary>
/// Fit for a thread that must not wait, such as an audio callback: the generated members that carry it allocate nothing, take no lock and wait for nobody, throw only what their
/// checks of arguments throw, do not recurse deeper than a sample has axes, and use a bounded piece of the stack.
/// </summary>
/// <remarks>
/// The first call of a process compiles code, and the first with a workspace or a state makes the memory that kernels pack operands into. So call once, with any numbers,
/// before the thread starts, and <see cref="StreamState.Reset"/> a state after that. A later call of as many samples keeps the promise on every thread. A test of NetGen reads
/// the compiled code of networks of all layers, with all that it calls, and holds it to this.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RealTimeAttribute : Attribute;
