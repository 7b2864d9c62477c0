using System.Reflection;
using NetGen.CompilerServices;

namespace NetGen.Allocation.Tests.RealTime;

/// <summary>What <see cref="RealTimeAttribute"/> promises of the networks of this assembly: all layers, as kernels and as straight-line code, and the samples.</summary>
public sealed class RealTimeTests
{
    private const string Services = "NetGen.CompilerServices.";

    /// <summary>Methods that only a first call reaches, which makes what later calls use.</summary>
    private static readonly HashSet<string> FirstCall =
    [
        $"{Services}Scratch.Own", "NetGen.Workspace.ReserveScratch", $"{Services}ConvolutionShape.get_Forward", $"{Services}ConvolutionShape.get_Backward",
        $"{Services}ConvolutionShape.get_Grouped", $"{Services}ConvolutionShape.get_TwoStepBackward", $"{Services}SlidingWindow.get_OneRow",
    ];

    /// <summary>What is found and is fine, each with its bound.</summary>
    private static readonly Dictionary<string, string> Bounded = new()
    {
        [$"{Services}Border.AddAxis calls itself"] = "once for each axis of a sample",
        [$"{Services}Convolution.Sums calls itself"] = "once, with the identity for an activation that is a pass of its own",
        [$"{Services}Convolution.RowSums calls itself"] = "once, with the identity for an activation that is a pass of its own",
        [$"{Services}Permutation.Copy {CallTree.NoConstant}"] = "4 bytes for each axis of a sample",
        [$"{Services}Sweep.Groups {CallTree.NoConstant}"] = "16 bytes for each row of a volume's window",
    };

    public static TheoryData<Type> Networks => [.. AllNetworks];

    private static IEnumerable<Type> AllNetworks => typeof(RealTimeTests).Assembly.GetTypes().Where(type => typeof(IPredictor).IsAssignableFrom(type));

    [Fact]
    public void Members_with_the_attribute_keep_what_it_promises()
    {
        CallTree tree = new(IsKnown);
        foreach (Type network in AllNetworks)
        {
            MethodInfo[] members = [.. network.GetMethods().Where(method => method.IsDefined(typeof(RealTimeAttribute)))];
            Assert.Contains(members, member => member.Name == nameof(IPredictor.Predict));
            Assert.Contains(members, member => member.Name == nameof(IPredictor.PredictLogits));
            Assert.Equal(typeof(IStreaming).IsAssignableFrom(network), members.Any(member => member.Name == nameof(IStreaming.Step)));
            foreach (MethodInfo member in members) tree.Add(member);
        }

        Assert.Equal(Bounded.Keys.Order(), tree.Faults.Keys.Where(Bounded.ContainsKey));
        Assert.True(tree.Faults.Count == Bounded.Count, string.Join('\n', tree.Faults.Where(fault => !Bounded.ContainsKey(fault.Key)).Select(fault => $"{fault.Key}: {fault.Value}")));
        Assert.True(tree.Count > 1000, $"only {tree.Count} methods were read");
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_thread_that_begins_after_a_first_call_allocates_nothing(Type type)
    {
        const BindingFlags Optional = BindingFlags.CreateInstance | BindingFlags.Public | BindingFlags.Instance | BindingFlags.OptionalParamBinding;
        var network = (IPredictor)Activator.CreateInstance(type, Optional, null, [], null)!;
        float[] input = new float[network.Info.InputSize], output = new float[network.Info.OutputSize];
        Workspace workspace = new(network.WorkspaceSize);
        StreamState? state = (network as IStreaming)?.NewState();
        float[] step = new float[(network as IStreaming)?.StepInputSize ?? 0], stepOutput = new float[(network as IStreaming)?.StepOutputSize ?? 0];
        Work();
        state?.Reset();

        Assert.Equal(0, AllocatedBytes.Least(() =>
        {
            long allocated = 0;
            Thread thread = new(() =>
            {
                long before = AllocatedBytes.Now();
                Work();
                allocated = AllocatedBytes.Now() - before;
            });
            thread.Start();
            thread.Join();
            state?.Reset();
            return allocated;
        }));

        void Work()
        {
            network.Predict(input, output, workspace);
            if (state is not null) ((IStreaming)network).Step(step, state, stepOutput);
        }
    }

    private static bool IsKnown(MethodBase method)
    {
        bool checksArguments = method.DeclaringType == typeof(Guard) || (method.DeclaringType == typeof(Streaming) && method.Name.StartsWith("Check", StringComparison.Ordinal));
        return checksArguments || FirstCall.Contains(CallTree.Name(method));
    }
}
