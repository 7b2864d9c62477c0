using System.Diagnostics;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;

namespace NetGen.Allocation.Tests.RealTime;

/// <summary>
/// Reads the compiled code of a method and of all that it calls in NetGen and in generated code, type parameters and static interface members resolved, and collects what a
/// thread that must not wait has no use for: allocations, locks, throws, recursion, and pieces of the stack whose size is not a constant.
/// </summary>
/// <remarks>
/// What it cannot look into, it must know: a call of the base library is a fault unless its type is listed. A call that could go to several methods (a virtual one, a delegate)
/// is a fault too.
/// The checks that every array and span makes are not throws here: past the checks of arguments lengths are what the compiler planned, which other tests prove.
/// </remarks>
internal sealed class CallTree
{
    /// <summary>The fault of a <c>stackalloc</c> that depends on a variable.</summary>
    public const string NoConstant = "takes a piece of the stack whose size is no constant";

    private const long MostOnStack = 64 * 1024;

    /// <summary>Types of the base library whose methods compute: they allocate nothing, wait for nobody, and throw for wrong lengths only.</summary>
    private static readonly HashSet<string> Computing =
    [
        "System.Math", "System.MathF", "System.Span`1", "System.ReadOnlySpan`1", "System.MemoryExtensions", "System.Numerics.BitOperations", "System.BitConverter",
        "System.Single", "System.Double", "System.Int32", "System.UInt32", "System.Index", "System.Range",
        "System.Runtime.CompilerServices.Unsafe", "System.Runtime.InteropServices.MemoryMarshal",
    ];

    /// <summary>Single members of other types: constants to the JIT, and markers.</summary>
    private static readonly HashSet<string> Harmless =
    [
        "System.Type.GetTypeFromHandle", "System.Type.op_Equality", "System.Type.op_Inequality", "System.GC.KeepAlive", "System.Runtime.CompilerServices.RuntimeHelpers.CreateSpan",
        "System.ValueTuple`2..ctor", "System.ValueTuple`3..ctor",
    ];

    private static readonly Dictionary<(Module, int), List<Instruction>?> Bodies = [];

    private readonly Func<MethodBase, bool> _isKnown;
    private readonly Dictionary<MethodBase, long> _stack = [];
    private readonly List<MethodBase> _path = [];
    private readonly HashSet<MethodBase> _open = [];
    private readonly SortedDictionary<string, string> _faults = new(StringComparer.Ordinal);

    /// <param name="isKnown">Methods that are not looked into: checks of arguments, and what only a first call reaches.</param>
    public CallTree(Func<MethodBase, bool> isKnown) => _isKnown = isKnown;

    /// <summary>What was found, a method and what it does, each with the calls that led there first.</summary>
    public IReadOnlyDictionary<string, string> Faults => _faults;

    /// <summary>How many methods were read.</summary>
    public int Count => _stack.Count;

    /// <summary>Reads a method and all that it calls.</summary>
    public void Add(MethodBase method)
    {
        long stack = Read(method);
        if (stack > MostOnStack) _faults.TryAdd($"{Name(method)} takes {stack} bytes of the stack", "");
    }

    /// <summary>The name of a method as faults have it.</summary>
    public static string Name(MethodBase method) => $"{method.DeclaringType?.FullName?.Split('[')[0]}.{method.Name}";

    /// <summary>Reads a method once.</summary>
    /// <returns>The bytes that it and the deepest of its calls take of the stack by <c>stackalloc</c>.</returns>
    private long Read(MethodBase method)
    {
        if (_stack.TryGetValue(method, out long known)) return known;
        _path.Add(method);
        long stack = 0;
        if (!_open.Add(method))
        {
            Fault("calls itself");
        }
        else
        {
            if (BodyOf(method) is { } body) stack = Read(method, body);
            else Fault("has no code to read");
            _open.Remove(method);
            _stack[method] = stack;
        }
        _path.RemoveAt(_path.Count - 1);
        return stack;
    }

    private long Read(MethodBase method, List<Instruction> body)
    {
        long own = 0, deepest = 0;
        Type? constraint = null;
        for (int i = 0; i < body.Count; i++)
        {
            (OpCode code, long operand) = body[i];
            if (code == OpCodes.Constrained) constraint = TypeOf(method, (int)operand);
            else if (code == OpCodes.Call || code == OpCodes.Callvirt || code == OpCodes.Newobj) deepest = Math.Max(deepest, Call(code, MethodOf(method, (int)operand), constraint));
            else if (code == OpCodes.Localloc) own += Reserved(method, body, i);
            else if (code == OpCodes.Throw || code == OpCodes.Rethrow) Fault("throws");
            else if (code == OpCodes.Newarr || (code == OpCodes.Box && TypeOf(method, (int)operand).IsValueType)) Fault($"allocates ({code.Name})");
            else if (MayFail(code) && body[i + 1].Code != OpCodes.Localloc) Fault($"may fail ({code.Name})");
            if (code.OpCodeType != OpCodeType.Prefix) constraint = null;
        }
        return own + deepest;
    }

    private static bool MayFail(OpCode code) =>
        code == OpCodes.Calli || code == OpCodes.Castclass || code == OpCodes.Unbox_Any || code.Name!.Contains(".ovf", StringComparison.Ordinal);

    private static List<Instruction>? BodyOf(MethodBase method)
    {
        var key = (method.Module, method.MetadataToken);
        if (!Bodies.TryGetValue(key, out List<Instruction>? body))
        {
            body = method.GetMethodBody()?.GetILAsByteArray() is { } bytes ? Instruction.Of(bytes) : null;
            Bodies[key] = body;
        }
        return body;
    }

    /// <summary>Follows a call.</summary>
    private long Call(OpCode code, MethodBase callee, Type? constraint)
    {
        if (code == OpCodes.Newobj && !callee.DeclaringType!.IsValueType)
        {
            Fault($"allocates a {callee.DeclaringType.Name}");
            return 0;
        }
        if (constraint is not null && callee is MethodInfo declared) callee = Implementation(declared, constraint) ?? callee;
        if (_isKnown(callee) || IsConditional(callee)) return 0;
        if (callee.DeclaringType!.Assembly != typeof(INetwork).Assembly && callee.DeclaringType.Assembly != typeof(CallTree).Assembly)
        {
            string type = callee.DeclaringType.IsGenericType ? callee.DeclaringType.GetGenericTypeDefinition().FullName! : callee.DeclaringType.FullName!;
            bool computes = Computing.Contains(type) || type.StartsWith("System.Runtime.Intrinsics.", StringComparison.Ordinal) || Harmless.Contains($"{type}.{callee.Name}");
            if (!computes) Fault($"calls {type}.{callee.Name}");
            return 0;
        }
        bool isOpen = callee.IsAbstract || (code == OpCodes.Callvirt && callee.IsVirtual && !callee.IsFinal && !callee.DeclaringType.IsSealed && constraint is null);
        if (!isOpen) return Read(callee);
        Fault($"calls {Name(callee)}, which may be any of several");
        return 0;
    }

    /// <summary>The member of a struct that a member of an interface stands for.</summary>
    private static MethodInfo? Implementation(MethodInfo declared, Type type)
    {
        if (!declared.DeclaringType!.IsInterface) return null;
        MethodInfo definition = declared.IsGenericMethod ? declared.GetGenericMethodDefinition() : declared;
        InterfaceMapping map = type.GetInterfaceMap(declared.DeclaringType);
        MethodInfo? found = map.TargetMethods[Array.IndexOf(map.InterfaceMethods, definition)];
        return declared.IsGenericMethod ? found?.MakeGenericMethod(declared.GetGenericArguments()) : found;
    }

    /// <summary>The bytes of a <c>stackalloc</c>: what is computed from constants before it, the largest where there is a choice.</summary>
    private long Reserved(MethodBase method, List<Instruction> body, int at)
    {
        long size = 1, count = -1;
        for (int i = at - 1; i >= 0; i--)
        {
            Instruction instruction = body[i];
            long? value = instruction.Code == OpCodes.Sizeof ? SizeOf(TypeOf(method, (int)instruction.Operand)) : instruction.Constant;
            // The size of an element stands after the conversion of the count, which may be a choice of several, kept in a local.
            if (value is { } constant && i > 0 && body[i - 1].Code == OpCodes.Conv_U) size = constant;
            else if (value is { } one) count = Math.Max(count, one);
            else if (!IsBetweenConstants(body, i)) break;
        }
        if (count < 0) Fault(NoConstant);
        return Math.Max(count, 0) * size;
    }

    private static bool IsBetweenConstants(List<Instruction> body, int at)
    {
        OpCode code = body[at].Code;
        bool isKept = IsStore(code) || (code.Name!.StartsWith("ldloc", StringComparison.Ordinal) && at > 0 && IsStore(body[at - 1].Code));
        return isKept || code == OpCodes.Conv_U || code == OpCodes.Mul_Ovf_Un || code == OpCodes.Mul || code == OpCodes.Nop || code.FlowControl == FlowControl.Branch;
    }

    private static bool IsStore(OpCode code) => code.Name!.StartsWith("stloc", StringComparison.Ordinal);

    private static long SizeOf(Type type) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    private static bool IsConditional(MethodBase method) => method.GetCustomAttributes<ConditionalAttribute>().Any();

    private static Type TypeOf(MethodBase method, int token) => method.Module.ResolveType(token, TypeArguments(method), MethodArguments(method));

    private static MethodBase MethodOf(MethodBase method, int token) => method.Module.ResolveMethod(token, TypeArguments(method), MethodArguments(method))!;

    private static Type[]? TypeArguments(MethodBase method) => method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;

    private static Type[]? MethodArguments(MethodBase method) => method.IsGenericMethod ? method.GetGenericArguments() : null;

    private void Fault(string what) => _faults.TryAdd($"{Name(_path[^1])} {what}", string.Join(" > ", _path.Select(Name)));
}
