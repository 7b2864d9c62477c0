using System.Text.Json;
using NetGen.Build;

namespace NetGen.Cli.Reading;

/// <summary>The networks of an assembly.</summary>
/// <param name="File">The assembly's file.</param>
/// <param name="Networks">Its networks, each with the whole text that describes it.</param>
public sealed record NetworkFile(string File, IReadOnlyList<(Network Network, string Json)> Networks)
{
    /// <summary>The version of the description that this program reads.</summary>
    private const int Schema = 1;

    /// <summary>Reads an assembly.</summary>
    /// <exception cref="UnusableFileException">It is no assembly, or says nothing of networks.</exception>
    public static NetworkFile Read(string file)
    {
        try
        {
            (Network, string)[] networks = [.. InspectionConstants.Read(file).Select(json => (JsonSerializer.Deserialize(json, JsonModel.Default.Network)!, json))];
            if (networks.Length == 0)
            {
                throw new UnusableFileException($"{file}: expected networks with what they compiled to, found none; build the project with -p:NetGenInspect=true, the default in Debug");
            }
            if (networks.FirstOrDefault(network => network.Item1 is { } read && read.Schema != Schema) is ({ } other, _))
            {
                throw new UnusableFileException($"{file}: expected descriptions of version {Schema}, found {other.Schema}; use the tool of the NetGen version that built it");
            }
            if (!networks.All(network => IsWhole(network.Item1)))
            {
                throw new UnusableFileException($"{file}: expected descriptions of networks, found something else; build the project again");
            }
            return new(file, [.. networks.OrderBy(network => network.Item1.FullName, StringComparer.Ordinal)]);
        }
        catch (FileNotFoundException)
        {
            throw new UnusableFileException($"{file}: no such file; name the assembly that a build wrote, such as bin/Debug/net10.0/App.dll");
        }
        // ArgumentException: the constant is no text, half a surrogate pair in it.
        catch (Exception exception) when (exception is BadImageFormatException or JsonException or ArgumentException)
        {
            throw new UnusableFileException($"{file}: expected a .NET assembly, found something else ({exception.Message.TrimEnd('.')}); name the .dll that a build wrote");
        }
    }

    /// <summary>Whether nothing is missing that is always there, and edges go from layers that are drawn to later ones.</summary>
    private static bool IsWhole(Network? network) =>
        network is { Name: not null, FullName: not null, Mode: not null, Output: not null, Totals: not null, Layers: { } layers, Edges: { } edges }
        && layers.All(layer => layer is { Path: not null, Description: not null, Kind: not null, Input: not null, Output: not null })
        && edges.All(edge => edge is [>= 0, >= 0] && edge[0] < edge[1] && edge[1] < layers.Count && layers[edge[0]].Kind != "block" && layers[edge[1]].Kind != "block");

    /// <summary>One network.</summary>
    /// <param name="name">Its name, with or without its namespace; null where the assembly has only one.</param>
    /// <exception cref="MisuseException">There is no such network, or several.</exception>
    public (Network Network, string Json) Find(string? name)
    {
        (Network Network, string Json)[] found = [.. name is null ? Networks : Networks.Where(network => network.Network.FullName == name || network.Network.Name == name)];
        string all = string.Join(", ", Networks.Select(network => network.Network.FullName));
        return found.Length switch
        {
            1 => found[0],
            0 => throw new MisuseException($"{File} has no network '{name}'; it has {all}"),
            _ => throw new MisuseException($"{File} has {found.Length} networks{(name is null ? "" : $" called '{name}'")}; choose one with --network: {all}"),
        };
    }
}
