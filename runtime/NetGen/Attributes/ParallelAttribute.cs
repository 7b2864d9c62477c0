namespace NetGen;

/// <summary>
/// Two blocks side by side (Szegedy et al. 2015): both read the layer before, and what they give is joined, <c>y = [T1(x), T2(x)]</c>, along the features of a flat or (time, features)
/// value and along the channels of an image. All other extents are equal. Parameters are named <c>parallel1.0.dense1.weight</c>, <c>parallel1.1.dense1.weight</c>.
/// </summary>
/// <typeparam name="T1">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T2">A class marked <see cref="BlockAttribute"/>.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ParallelAttribute<T1, T2> : ParameterLayerAttribute
    where T1 : class
    where T2 : class;

/// <summary>Three blocks side by side: <c>y = [T1(x), T2(x), T3(x)]</c>. Shapes and names are those of <see cref="ParallelAttribute{T1, T2}"/>.</summary>
/// <typeparam name="T1">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T2">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T3">A class marked <see cref="BlockAttribute"/>.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ParallelAttribute<T1, T2, T3> : ParameterLayerAttribute
    where T1 : class
    where T2 : class
    where T3 : class;

/// <summary>Four blocks side by side: <c>y = [T1(x), T2(x), ..., T4(x)]</c>. Shapes and names are those of <see cref="ParallelAttribute{T1, T2}"/>.</summary>
/// <typeparam name="T1">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T2">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T3">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T4">A class marked <see cref="BlockAttribute"/>.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ParallelAttribute<T1, T2, T3, T4> : ParameterLayerAttribute
    where T1 : class
    where T2 : class
    where T3 : class
    where T4 : class;

/// <summary>Five blocks side by side: <c>y = [T1(x), T2(x), ..., T5(x)]</c>. Shapes and names are those of <see cref="ParallelAttribute{T1, T2}"/>.</summary>
/// <typeparam name="T1">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T2">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T3">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T4">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T5">A class marked <see cref="BlockAttribute"/>.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ParallelAttribute<T1, T2, T3, T4, T5> : ParameterLayerAttribute
    where T1 : class
    where T2 : class
    where T3 : class
    where T4 : class
    where T5 : class;

/// <summary>Six blocks side by side: <c>y = [T1(x), T2(x), ..., T6(x)]</c>. Shapes and names are those of <see cref="ParallelAttribute{T1, T2}"/>.</summary>
/// <typeparam name="T1">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T2">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T3">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T4">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T5">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T6">A class marked <see cref="BlockAttribute"/>.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ParallelAttribute<T1, T2, T3, T4, T5, T6> : ParameterLayerAttribute
    where T1 : class
    where T2 : class
    where T3 : class
    where T4 : class
    where T5 : class
    where T6 : class;

/// <summary>Seven blocks side by side: <c>y = [T1(x), T2(x), ..., T7(x)]</c>. Shapes and names are those of <see cref="ParallelAttribute{T1, T2}"/>.</summary>
/// <typeparam name="T1">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T2">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T3">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T4">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T5">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T6">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T7">A class marked <see cref="BlockAttribute"/>.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ParallelAttribute<T1, T2, T3, T4, T5, T6, T7> : ParameterLayerAttribute
    where T1 : class
    where T2 : class
    where T3 : class
    where T4 : class
    where T5 : class
    where T6 : class
    where T7 : class;

/// <summary>Eight blocks side by side: <c>y = [T1(x), T2(x), ..., T8(x)]</c>. Shapes and names are those of <see cref="ParallelAttribute{T1, T2}"/>.</summary>
/// <typeparam name="T1">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T2">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T3">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T4">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T5">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T6">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T7">A class marked <see cref="BlockAttribute"/>.</typeparam>
/// <typeparam name="T8">A class marked <see cref="BlockAttribute"/>.</typeparam>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class ParallelAttribute<T1, T2, T3, T4, T5, T6, T7, T8> : ParameterLayerAttribute
    where T1 : class
    where T2 : class
    where T3 : class
    where T4 : class
    where T5 : class
    where T6 : class
    where T7 : class
    where T8 : class;
