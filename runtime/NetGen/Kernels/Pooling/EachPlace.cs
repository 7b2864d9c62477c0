using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>What is done at one place of a window.</summary>
internal interface IPlaceOperation
{
    /// <summary>Does the work of one place: all channels.</summary>
    /// <param name="image">Number of the sample.</param>
    /// <param name="place">Number of the place in the sample.</param>
    /// <param name="taps">The taps that lie in the image.</param>
    void Run<V>(int image, int place, in PlaceTaps taps) where V : struct, IVector16<V>;
}

/// <summary>Any window over any images, place by place in order.</summary>
internal readonly struct EachPlace<TOperation>(int images, SlidingWindow window, TOperation operation) : ISimdKernel where TOperation : struct, IPlaceOperation
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<V>() where V : struct, IVector16<V>
    {
        (WindowAxis depth, WindowAxis height, WindowAxis width) = (window.Depth, window.Height, window.Width);
        int rowStep = height.Dilation * width.Input, planeStep = depth.Dilation * height.Input * width.Input;
        for (int image = 0; image < images; image++)
        {
            int place = 0;
            for (int z = 0; z < depth.Output; z++)
            {
                int firstPlane = depth.FirstTap(z), planes = Math.Max(depth.EndTap(z) - firstPlane, 0);
                int plane = depth.Start(z) + (firstPlane * depth.Dilation);
                for (int y = 0; y < height.Output; y++)
                {
                    int firstRow = height.FirstTap(y), rows = Math.Max(height.EndTap(y) - firstRow, 0);
                    int row = (plane * height.Input) + height.Start(y) + (firstRow * height.Dilation);
                    for (int x = 0; x < width.Output; x++, place++)
                    {
                        int firstColumn = width.FirstTap(x), columns = Math.Max(width.EndTap(x) - firstColumn, 0);
                        int pixel = (row * width.Input) + width.Start(x) + (firstColumn * width.Dilation);
                        operation.Run<V>(image, place, new(pixel, planes, rows, columns, planeStep, rowStep, width.Dilation));
                    }
                }
            }
        }
    }
}
