using System.Collections.Generic;
using System.Linq;
using System.Text;
using NetGen.Compiler.Ir;

namespace NetGen.Compiler.Emit;

/// <summary>
/// The methods of all layers. Steps of different programs that do the same share one, whatever they do it to: without dropout a layer reads another value, and the method of
/// Forward does for Predict too.
/// </summary>
internal sealed class LayerMethods
{
    // By the layer and not by its path: the user may call a layer "loss" or "output" too.
    private readonly Dictionary<Layer, List<(string Name, string Pattern, string Text)>> _byLayer = [];
    private readonly Dictionary<Layer, int> _sizes = [];
    private readonly HashSet<string> _taken =
    [
        "Predict", "PredictInBlocks", "PredictPart", "WorkspaceFor", "Forward", "Backward", "LoadTargets", "KeptInput", "TrainStep", "MeanLoss",
        "SetInitialValues", "Fold", "FitPreprocessing", "ToProbabilities", "EvaluateLoss",
    ];

    /// <summary>Gives each step a method, called after its layer and phase.</summary>
    public void Add(IEnumerable<LayerStep> steps, string phase)
    {
        foreach (LayerStep step in steps)
        {
            if (!_byLayer.TryGetValue(step.Layer, out List<(string Name, string Pattern, string Text)>? methods))
            {
                _byLayer[step.Layer] = methods = [];
            }
            string pattern = step.Pattern();
            (string? name, _, string? text) = methods.FirstOrDefault(method => method.Pattern == pattern);
            if (name is null)
            {
                name = _taken.Take(step.Title + (step.BySample ? phase : phase == "Forward" ? "Statistics" : "Gradients"), separator: "");
                text = step.Text(name);
                methods.Add((name, pattern, text));
                Layer first = step.Nodes[0].Layer;
                _sizes[first] = CodeSize(first) + Encoding.UTF8.GetByteCount(text);
            }
            (step.Method, step.Code) = (name, text);
        }
    }

    /// <summary>Bytes of C# that a layer's methods are; straight-line code for several layers is its first one's.</summary>
    public int CodeSize(Layer layer) => _sizes.TryGetValue(layer, out int size) ? size : 0;

    public IEnumerable<string> Of(Layer layer) => _byLayer.TryGetValue(layer, out var methods) ? methods.Select(method => method.Text) : [];
}
