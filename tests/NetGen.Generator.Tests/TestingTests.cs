using NetGen.Testing;

namespace NetGen.Generator.Tests;

/// <summary>The helpers that other tests rely on: they fail when they should.</summary>
public sealed class TestingTests
{
    [Fact]
    public void Networks_compiled_in_memory_are_loaded_and_created()
    {
        using var networks = InMemoryNetworks.Compile(
            "namespace N; class Plain(int size, int factor = 3) { public override string ToString() => (size * factor).ToString(); }");

        Assert.Equal("6", networks.Create<object>("N.Plain", 2).ToString());
        Assert.Equal("Plain", networks.Type("N.Plain").Name);
    }

    [Theory]
    [InlineData("class Plain\n{\n    int Value() => Missing;\n}", "CS0103")]
    [InlineData("class Plain\n{\n    void Value() { int unused = 0; }\n}", "CS0219")]
    [InlineData("\n\n[NetGen.Network] class Plain;", "NETG001")]
    public void What_does_not_compile_throws_with_the_numbered_source(string source, string id)
    {
        var exception = Assert.Throws<InvalidOperationException>(() => InMemoryNetworks.Compile(source));

        Assert.Contains(id, exception.Message, StringComparison.Ordinal);
        Assert.Contains($"    3 {source.Split('\n')[2]}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_snapshot_passes_when_equal_and_otherwise_leaves_what_came_and_says_how_to_accept_it()
    {
        string folder = Directory.CreateTempSubdirectory("snapshot").FullName;
        try
        {
            string test = Path.Combine(folder, "SomeTests.cs");
            string verified = Path.Combine(folder, "SomeTests.Method.part.verified.cs");
            string received = Path.Combine(folder, "SomeTests.Method.part.received.cs");

            var missing = Assert.Throws<SnapshotMismatchException>(() => Snapshot.Verify("a\r\nb", "part", test, "Method"));
            Assert.Contains($"mv '{received}' '{verified}'", missing.Message, StringComparison.Ordinal);
            Assert.Equal("a\nb", File.ReadAllText(received));

            File.Move(received, verified);
            Snapshot.Verify("a\nb", "part", test, "Method");

            var different = Assert.Throws<SnapshotMismatchException>(() => Snapshot.Verify("a\nc", "part", test, "Method"));
            Assert.Contains("line 2", different.Message, StringComparison.Ordinal);
            Assert.True(File.Exists(received));

            Snapshot.Verify("a\r\nb", "part", test, "Method");
            Assert.False(File.Exists(received));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
