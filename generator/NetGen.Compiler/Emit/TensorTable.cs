using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Lowering;

namespace NetGen.Compiler.Emit;

/// <summary>Parameters and state by name: where they lie, and the generated constants that say so.</summary>
internal sealed class TensorTable
{
    /// <summary>A type of the runtime that generated code names, and that a constant of that name would hide: what a layer called "transposed" would make.</summary>
    private const string RuntimeType = "TransposedWeight";

    private readonly Dictionary<string, (TensorSpec Tensor, string Constant, int BufferEnd)> _rows = [];

    public TensorTable(LoweredNetwork network)
    {
        var taken = new HashSet<string> { RuntimeType };
        foreach (IReadOnlyList<TensorSpec> buffer in new[] { network.Parameters, network.State })
        {
            foreach (TensorSpec tensor in buffer)
            {
                _rows[tensor.Name] = (tensor, taken.Take(Names.Pascal(tensor.Name)), buffer[buffer.Count - 1].End);
            }
        }
    }

    /// <summary>The constant that holds a tensor's offset.</summary>
    public string this[string tensor] => _rows[tensor].Constant;

    /// <summary>Floats from an element of a tensor to the end of the buffer that it lies in.</summary>
    public int FloatsFrom(string tensor, int element) => _rows[tensor].BufferEnd - _rows[tensor].Tensor.Offset - element;
}
