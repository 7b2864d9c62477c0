using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetGen.CompilerServices;

namespace NetGen.Tests.CompilerServices;

public sealed class MemoryTests
{
    [Fact]
    public void An_arena_is_affine_in_the_batch_and_grows_only()
    {
        TrainingMemory memory = new(parameterFloats: 10, arenaFixed: 5, arenaPerSample: 3);
        memory.Reserve(4);
        Assert.Equal(17, memory.Arena(4).Length);
        Assert.Equal(8, memory.Arena(1).Length);
        Assert.True(Unsafe.AreSame(ref memory.Arena(4)[0], ref memory.Arena(2)[0]));
        Assert.Equal(35, memory.Arena(10).Length);
    }

    [Fact]
    public void Reserving_again_allocates_only_for_a_larger_batch()
    {
        TrainingMemory memory = new(10, 5, 3);
        memory.Reserve(100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        memory.Reserve(99);
        _ = memory.Arena(100).Length;
        _ = memory.Gradients.Length;
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Gradients_keep_what_is_written()
    {
        TrainingMemory memory = new(10, 5, 3);
        Assert.Equal(new float[10], memory.Gradients.ToArray());
        memory.Gradients[3] = 1;
        Assert.Equal(1, memory.Gradients[3]);
    }

    [Fact]
    public void A_batch_that_cannot_be_held_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("maxBatch", () => new TrainingMemory(1, 1, 1).Reserve(0));
        string message = Assert.Throws<ArgumentOutOfRangeException>("maxBatch", () => new TrainingMemory(1, 5, 1_000_000).Reserve(3000)).Message;
        Assert.Contains("at most 2147 samples", message);
        Assert.Contains("got 3000", message);
    }

    [Fact]
    public void A_thread_has_one_workspace() => OnNewThread(() =>
    {
        Span<float> first = ThreadWorkspace.Get(100);
        Assert.Equal(100, first.Length);
        Assert.True(Unsafe.AreSame(ref first[0], ref ThreadWorkspace.Get(50)[0]));
        Assert.Equal(50, ThreadWorkspace.Get(50).Length);
        Assert.Equal(200, ThreadWorkspace.Get(200).Length);
        Assert.Equal(0, ThreadWorkspace.Get(0).Length);
    });

    [Fact]
    public void Threads_do_not_share_a_workspace()
    {
        ThreadWorkspace.Get(10).Fill(1);
        OnNewThread(() => ThreadWorkspace.Get(10).Fill(2));
        Assert.Equal(1, ThreadWorkspace.Get(10)[9]);
    }

    [Fact]
    public void Lent_memory_outlives_its_replacement_by_another_thread()
    {
        Workspace workspace = new(1);
        workspace.ReserveScratch(100);
        ScratchLoan loan = new(workspace);
        WeakReference lent = Replace(workspace);
        GC.Collect();
        Assert.True(lent.IsAlive);
        loan.Dispose();

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Replace(Workspace workspace)
        {
            WeakReference old = new(workspace.Scratch);
            workspace.ReserveScratch(1000);
            return old;
        }
    }

    [Fact]
    public void Targets_are_copied_as_they_are()
    {
        float[] destination = new float[3];
        TargetCopy.Into(new Batch { Count = 1, Inputs = [], Targets = [1, 2] }, destination, width: 2);
        Assert.Equal([1, 2, 0], destination);
    }

    [Fact]
    public void Classes_keep_their_bits_or_become_floats()
    {
        float[] destination = new float[4];
        TargetCopy.Into(new Batch { Count = 2, Inputs = [], Classes = [5, int.MaxValue] }, destination, width: 2);
        Assert.Equal([5, 0, int.MaxValue, 0], MemoryMarshal.Cast<float, int>(destination).ToArray());
        destination = new float[3];
        TargetCopy.AsFloats(new Batch { Count = 2, Inputs = [], Classes = [0, 1] }, destination);
        Assert.Equal([0, 1, 0], destination);
        TargetCopy.AsFloats(new Batch { Count = 1, Inputs = [], Targets = [0.5f] }, destination);
        Assert.Equal([0.5f, 1, 0], destination);
    }

    [Fact]
    public void Rows_are_weighted_by_sample_masked_by_length_and_sum_to_1()
    {
        Assert.Equal([0.25f, 0.25f, 0.25f, 0.25f], Expand(new Batch { Count = 2, Inputs = [] }, 2));
        Assert.Equal([0.125f, 0.125f, 0.375f, 0.375f], Expand(new Batch { Count = 2, Inputs = [], Weights = [1, 3] }, 2));
        Assert.Equal([0.25f, 0, 0, 0.25f, 0.25f, 0.25f], Expand(new Batch { Count = 2, Inputs = [], Lengths = [1, 3] }, 3));
        Assert.Equal([0.2f, 0, 0.4f, 0.4f], Expand(new Batch { Count = 2, Inputs = [], Lengths = [1, 2], Weights = [0.5f, 1] }, 2));
    }

    private static float[] Expand(in Batch batch, int rowsPerSample)
    {
        float[] weights = [.. Enumerable.Repeat(-1f, batch.Count * rowsPerSample)];
        RowWeights.Expand(batch, weights, rowsPerSample);
        return weights;
    }

    private static void OnNewThread(Action action)
    {
        Exception? failure = null;
        Thread thread = new(() => failure = Record.Exception(action));
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }
}
