namespace NetGen;

/// <summary>
/// Which layers become straight-line vector code in the generated file: every multiply-add a line, every offset a constant, what one layer gives the next in registers. The other
/// layers call kernels of this library. The generated file says for each layer which it is and why.
/// </summary>
/// <remarks>
/// In training the same networks are unrolled loops over the samples of a batch, a layer at a time, as far as a weight fits the registers: at most 16 inputs and 64 outputs.
/// Straight-line code is part of your project. In a Debug build of it the JIT optimises nothing, and a small network predicts fifty to ninety times slower than in a Release build;
/// kernels keep their speed, because this library is always a Release build. <see cref="Never"/> is for those who have to run Debug builds fast.
/// </remarks>
public enum Unroll
{
    /// <summary>
    /// Layers that follow one another and together take at most 192 vector multiply-adds, of sixteen numbers each: networks such as 4-16-16-3 (36) or
    /// 64-32-10 (160). One sample then takes nanoseconds where calls of kernels take some hundred. Larger layers call kernels, which read their weights once for several samples.
    /// </summary>
    Auto,

    /// <summary>
    /// Every layer that fits a method of 256 vector multiply-adds by itself, in as many methods as it takes. For networks that predict one sample at a time and
    /// are a little too large for <see cref="Auto"/>. Compiling a method takes the JIT about a millisecond, once.
    /// </summary>
    Always,

    /// <summary>None.</summary>
    Never,
}
