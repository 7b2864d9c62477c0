using System.Globalization;
using NetGen;

namespace FromScratch;

/// <summary>What chapters print with.</summary>
internal static class Text
{
    /// <summary>A number with three digits after the point; 0 has no sign.</summary>
    public static string Of(double number, string format = "0.000")
    {
        string text = number.ToString(format, CultureInfo.InvariantCulture);
        return text.StartsWith('-') && text.All(c => c is '-' or '0' or '.') ? text[1..] : text;
    }

    /// <summary>Numbers in columns of equal width.</summary>
    public static string Row(IEnumerable<float> numbers, int width = 8) => string.Concat(numbers.Select(number => Of(number).PadLeft(width)));

    /// <summary>The gradient of a parameter in PyTorch's order.</summary>
    public static float[] Gradient(ITrainable net, string name)
    {
        TensorInfo parameter = net.Info.Parameters.Single(parameter => parameter.Name == name);
        float[] gradient = new float[parameter.Length];
        for (int place = 0; place < parameter.Length; place++)
        {
            int index = 0;
            int[] at = parameter.IndexOf(place);
            for (int axis = 0; axis < at.Length; axis++)
            {
                index = index * parameter.Shape[axis] + at[axis];
            }
            gradient[index] = net.Gradients[parameter.Offset + place];
        }
        return gradient;
    }

    /// <summary>A parameter in PyTorch's order.</summary>
    public static float[] Parameter(INetwork net, string name)
    {
        float[] values = new float[net.Info.Parameters.Single(parameter => parameter.Name == name).Length];
        net.Export(name, values);
        return values;
    }
}
