using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Lowering;

/// <summary>The names of one block. References go backwards and stay within it.</summary>
internal sealed class Scope
{
    /// <summary>What the elements of a block call what the block reads.</summary>
    private const string BlockInput = "input";

    /// <summary>Names that a message lists.</summary>
    private const int MostNames = 10;

    private readonly Dictionary<string, int> _elements = [];
    private readonly Dictionary<string, Node> _values = [];
    private readonly int[] _ordinals;

    /// <summary>Names every element of a block.</summary>
    /// <param name="prefix">The path of the block with a dot, or nothing.</param>
    /// <param name="path">The block's place in the specification.</param>
    /// <param name="elements">The block's elements.</param>
    /// <param name="parameterPrefix">The path of the block whose parameters this one uses: its own, unless it shares them.</param>
    /// <param name="sharer">The element around it that said so; null where the parameters are its own.</param>
    /// <param name="reverse">Whether recurrent layers go from the last step to the first.</param>
    /// <exception cref="LoweringException">A name is invalid, or taken.</exception>
    public Scope(string prefix, IReadOnlyList<int> path, IReadOnlyList<ElementSpec> elements, string parameterPrefix, LayerContext? sharer, bool reverse)
    {
        IsReverse = reverse;
        Prefix = prefix;
        Path = path;
        Elements = elements;
        ParameterPrefix = parameterPrefix;
        Sharer = sharer;
        Names = new string[elements.Count];
        _ordinals = new int[elements.Count];
        var counts = new Dictionary<string, int>();
        for (int index = 0; index < elements.Count; index++)
        {
            counts.TryGetValue(elements[index].Kind, out int count);
            counts[elements[index].Kind] = _ordinals[index] = count + 1;
        }
        foreach (bool isExplicit in new[] { true, false })
        {
            for (int index = 0; index < elements.Count; index++)
            {
                string? given = elements[index].Text("name");
                if (given is not null != isExplicit)
                {
                    continue;
                }
                string name = given ?? DefaultName(elements[index].Kind, index);
                if (!IsIdentifier(name))
                {
                    throw new LoweringException(
                        new(IssueDescriptors.InvalidName, At(index), "name", new([name])) { Suggestion = NameSuggestion.Valid(name, DefaultName(elements[index].Kind, index)) });
                }
                if (isExplicit && name == BlockInput && path.Count > 0)
                {
                    throw new LoweringException(new(IssueDescriptors.DuplicateName, At(index), "name", new([name, "what the block reads"])) { Suggestion = Free(name) });
                }
                if (_elements.TryGetValue(name, out int taken))
                {
                    (int later, int other) = given is null ? (taken, index) : (index, taken);
                    throw new LoweringException(new(IssueDescriptors.DuplicateName, At(later), "name", new([name, Describe(other)])) { Suggestion = Free(name) });
                }
                _elements[name] = index;
                Names[index] = name;
            }
        }
    }

    public string Prefix { get; }

    /// <summary>The path of the block whose parameters this one uses.</summary>
    public string ParameterPrefix { get; }

    /// <summary>The element around this block that uses another element's parameters; null where the parameters are its own.</summary>
    public LayerContext? Sharer { get; }

    /// <summary>Whether recurrent layers go from the last step to the first.</summary>
    public bool IsReverse { get; }

    /// <summary>The block's place in the specification.</summary>
    public IReadOnlyList<int> Path { get; }

    public IReadOnlyList<ElementSpec> Elements { get; }

    /// <summary>The name of each element.</summary>
    public string[] Names { get; }

    /// <summary>The place of an element in the specification.</summary>
    public EquatableArray<int> At(int element) => new(Path.Append(element));

    /// <summary>Makes an element's value known to those after it.</summary>
    public void Define(int element, Node value) => _values[Names[element]] = value;

    /// <summary>Makes what a block reads known to its elements.</summary>
    public void DefineInput(Node value) => _values[BlockInput] = value;

    /// <summary>The value of an earlier element.</summary>
    /// <exception cref="LoweringException">There is none of that name, or it comes later.</exception>
    public Node Resolve(string name, int user, string argument, int? item = null)
    {
        if (_values.TryGetValue(name, out Node? value))
        {
            return value;
        }
        throw Unresolved(name, user, argument, item);
    }

    /// <summary>The index of an earlier element; null where the name is what the block reads.</summary>
    /// <inheritdoc cref="Resolve"/>
    public int? ResolveIndex(string name, int user, string argument)
    {
        Resolve(name, user, argument);
        return _elements.TryGetValue(name, out int index) ? index : null;
    }

    private LoweringException Unresolved(string name, int user, string argument, int? item)
    {
        string layer = Names[user];
        if (_elements.TryGetValue(name, out int later))
        {
            string relation = later == user ? "is itself" : "comes after it";
            return new(new(IssueDescriptors.Cycle, At(user), argument, new([layer, name, relation])) { Item = item });
        }
        string? nearest = NameSuggestion.Nearest(name, _values.Keys);
        return new(new(IssueDescriptors.UnknownName, At(user), argument, new([layer, name, Known(nearest)])) { Item = item, Suggestion = nearest });
    }

    /// <summary>The names that an element may refer to, the nearest first.</summary>
    private string Known(string? nearest)
    {
        if (_values.Count == 0)
        {
            return "there is nothing to refer to";
        }
        string[] others = [.. _values.Keys.Where(name => name != nearest).Select(name => $"'{name}'")];
        string few = string.Join(", ", others.Skip(others.Length - MostNames)) + (others.Length > MostNames ? $" and {others.Length - MostNames} more" : "");
        return nearest is null ? $"the names before it are {few}" : others.Length == 0 ? $"write '{nearest}'" : $"write '{nearest}', or another of the names before it: {few}";
    }

    /// <summary>A name like this one that no element has.</summary>
    private string Free(string name) => NameSuggestion.Free(name, [BlockInput, .. Elements.Select((element, index) => element.Text("name") ?? DefaultName(element.Kind, index))]);

    private string Describe(int element) => $"{Elements[element].Kind} (number {element + 1} in the list)";

    /// <summary>Kind and order: the second <c>Dense</c> is <c>dense2</c>, whether or not the first has a name of its own.</summary>
    private string DefaultName(string kind, int index)
    {
        string prefix = DefaultNames.PrefixOf(kind);
        return kind == "Input" ? prefix : $"{prefix}{_ordinals[index]}";
    }

    private static bool IsIdentifier(string name) =>
        name.Length > 0 && IsLetter(name[0]) && name.All(c => IsLetter(c) || c is (>= '0' and <= '9') or '_');

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');
}
