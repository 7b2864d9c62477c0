using static NetGen.Tests.Files.RawFile;

namespace NetGen.Tests.Files;

public sealed class NetworkFileTests
{
    [Fact]
    public void A_saved_network_is_loaded_bit_by_bit()
    {
        using TemporaryFolder folder = new();
        TestNetwork saved = TestNetwork.Counting();
        saved.Import("dense1.bias", [float.NaN, -0f, float.Epsilon]);
        saved.Save(folder.Path("net.safetensors"));
        TestNetwork loaded = new();
        LoadReport report = loaded.Load(folder.Path("net.safetensors"));

        Assert.Equal(saved.Bits(), loaded.Bits());
        Assert.Equal(["dense1.weight", "dense1.bias", "standardize1.mean", "standardize1.std"], report.Loaded);
        Assert.Empty(report.Missing);
        Assert.Empty(report.Unused);
        Assert.Equal(7, report.StepCount);
    }

    [Fact]
    public void Saving_follows_a_link_and_keeps_the_permissions_of_the_file_behind_it()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows gives links to administrators only, and files no Unix permissions.");
            return;
        }
        using TemporaryFolder folder = new();
        (string file, string link) = (folder.Path("net.safetensors"), folder.Path("link.safetensors"));
        File.WriteAllText(file, "older");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(link, file);

        TestNetwork.Counting().Save(link);

        Assert.NotNull(new FileInfo(link).LinkTarget);
        new TestNetwork().Load(file);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void Files_hold_PyTorchs_order()
    {
        using MemoryStream stream = new();
        TestNetwork network = TestNetwork.Counting();
        network.Save(stream);
        stream.Position = 0;
        SafetensorsTensor weight = SafetensorsFile.Read(stream).Tensors[0];
        float[] values = new float[6];
        weight.CopyTo(values);
        Assert.Equal([1, 2, 3, 4, 5, 6], values);
        Assert.Equal([3L, 2L], weight.Shape);
        Assert.Equal([1, 3, 5, 2, 4, 6], network.Parameters[..6].ToArray()); // [in, out]
    }

    [Fact]
    public void Files_say_what_they_are_of()
    {
        using MemoryStream stream = new();
        TestNetwork.Counting().Save(stream);
        stream.Position = 0;
        Dictionary<string, string> expected = new()
        {
            ["format"] = "pt",
            ["netgen.version"] = "1",
            ["netgen.network"] = "TestNet",
            ["netgen.architecture"] = "0123abcd",
            ["netgen.step"] = "7",
        };
        Assert.Equal(expected, SafetensorsFile.Read(stream).Metadata);
    }

    [Fact]
    public void Saving_replaces_the_file_and_leaves_nothing_beside_it()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.Path("net.safetensors"), "something longer than any header, and not to be seen again");
        TestNetwork.Counting().Save(folder.Path("net.safetensors"));
        Assert.Equal(["net.safetensors"], folder.Names());
        Assert.Equal(4, new TestNetwork().Load(folder.Path("net.safetensors")).Loaded.Count);
    }

    [Fact]
    public void A_save_that_fails_leaves_nothing_behind()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.Path("taken"));
        Assert.ThrowsAny<Exception>(() => TestNetwork.Counting().Save(folder.Path("taken")));
        Assert.Empty(folder.Names());
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_named_with_the_file_asked_for()
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path("nodir"), "x.safetensors");
        DirectoryNotFoundException exception = Assert.Throws<DirectoryNotFoundException>(() => TestNetwork.Counting().Save(path));
        Assert.Equal($"Cannot save '{path}': the folder '{folder.Path("nodir")}' does not exist. Create it first.", exception.Message);
    }

    [Fact]
    public void A_missing_file_is_an_IOException_that_names_it()
    {
        using TemporaryFolder folder = new();
        Assert.Contains("none.safetensors",
            Assert.Throws<FileNotFoundException>(() => new TestNetwork().Load(folder.Path("none.safetensors"))).Message);
    }

    [Fact]
    public void Gaps_for_alignment_stay_as_they_are()
    {
        using MemoryStream stream = new();
        TestNetwork.Counting().Save(stream);
        stream.Position = 0;
        TestNetwork network = new();
        network.Parameters.Fill(-1);
        network.Load(stream);
        Assert.All(network.Parameters[6..16].ToArray().Concat(network.Parameters[19..].ToArray()), value => Assert.Equal(-1, value));
    }

    [Fact]
    public void A_file_without_metadata_leaves_the_step()
    {
        TestNetwork network = TestNetwork.Counting();
        Assert.Null(network.Load(new MemoryStream(Of(Header(Weight, Bias, Mean, Std)))).StepCount);
        Assert.Equal(7, network.StepCount);
    }

    [Fact]
    public void Names_can_be_mapped_and_skipped()
    {
        byte[] file = Of(Header(Weight.Replace("dense1", "fc"), Bias.Replace("dense1.bias", "counter").Replace("F32", "I32"), Mean, Std));
        TestNetwork network = TestNetwork.Counting();
        LoadReport report = network.Load(new MemoryStream(file), new LoadOptions
        {
            MapName = name => name == "counter" ? null : name.Replace("fc.", "dense1."),
            AllowMissing = true,
        });
        Assert.Equal(["dense1.weight", "standardize1.mean", "standardize1.std"], report.Loaded);
        Assert.Equal(["dense1.bias"], report.Missing);
        Assert.Empty(report.Unused);
        Assert.Equal([7, 8, 9], network.Exported("dense1.bias", 3));
        Assert.NotEqual([1, 2, 3, 4, 5, 6], network.Exported("dense1.weight", 6));
    }

    [Fact]
    public void State_that_PyTorch_does_not_have_may_stay()
    {
        TestNetwork network = TestNetwork.Counting();
        LoadReport report = network.Load(new MemoryStream(Of(Header(Weight, Bias), 36)), new LoadOptions { AllowMissing = true });
        Assert.Equal(["standardize1.mean", "standardize1.std"], report.Missing);
        Assert.Equal([10, 11], network.Exported("standardize1.mean", 2));
    }

    [Fact]
    public void Unused_tensors_are_reported_when_they_are_allowed()
    {
        byte[] file = Of(Header(Weight, Bias, Mean, Std, """ "extra": {"dtype": "I64", "shape": [1], "data_offsets": [52, 60]} """), 60);
        Assert.Equal(["extra"], TestNetwork.Counting().Load(new MemoryStream(file), new LoadOptions { AllowUnused = true }).Unused);
    }

    [Fact]
    public void PyTorchs_counter_of_batches_is_ignored()
    {
        byte[] file = Of(Header(Weight, Bias, Mean, Std, """ "bn.num_batches_tracked": {"dtype": "I64", "shape": [], "data_offsets": [52, 60]} """), 60);
        LoadReport report = TestNetwork.Counting().Load(new MemoryStream(file));
        Assert.Equal(4, report.Loaded.Count);
        Assert.Empty(report.Unused);
    }

    [Fact]
    public void A_file_of_which_nothing_fits_is_refused_whatever_is_allowed()
    {
        byte[] file = Of(Header(Weight.Replace("dense1", "model.dense1")), 24);
        NetworkFormatException exception = Assert.Throws<NetworkFormatException>(
            () => new TestNetwork().Load(new MemoryStream(file), new LoadOptions { AllowMissing = true, AllowUnused = true }));
        Assert.Contains("Nothing in the file fits the network", exception.Message);
        Assert.Contains("model.dense1.weight", exception.Message);
    }

    [Fact]
    public void Two_tensors_for_one_place_are_refused()
    {
        TestNetwork network = TestNetwork.Counting();
        int[] before = network.Bits();
        NetworkFormatException exception = Assert.Throws<NetworkFormatException>(() => network.Load(
            new MemoryStream(Of(Header(Weight, Bias, Mean, Std))),
            new LoadOptions { MapName = name => name == "standardize1.std" ? "standardize1.mean" : name, AllowMissing = true }));
        Assert.Contains("expected one tensor for standardize1.mean, found standardize1.mean for it too", exception.Message);
        Assert.Equal(before, network.Bits());
    }

    [Fact]
    public void An_exception_of_MapName_comes_through_and_the_network_is_untouched()
    {
        TestNetwork network = TestNetwork.Counting();
        int[] before = network.Bits();
        LoadOptions options = new() { MapName = name => name == "standardize1.std" ? throw new NotSupportedException() : name };
        Assert.Throws<NotSupportedException>(() => network.Load(new MemoryStream(Of(Header(Weight, Bias, Mean, Std))), options));
        Assert.Equal(before, network.Bits());
    }

    [Fact]
    public void Another_networks_tensors_can_be_taken_over_without_its_step()
    {
        byte[] file = Of(Header(Metadata(("netgen.version", "1"), ("netgen.architecture", "ffff"), ("netgen.step", "99")), Weight, Bias, Mean, Std));
        TestNetwork network = TestNetwork.Counting();
        Assert.Null(network.Load(new MemoryStream(file), new LoadOptions { AllowUnused = true }).StepCount);
        Assert.Equal(7, network.StepCount);
    }

    [Fact]
    public void A_newer_version_is_refused_whatever_is_allowed() => Assert.Throws<NetworkFormatException>(() => new TestNetwork().Load(
        new MemoryStream(Of(Header(Metadata(("netgen.version", "2")), Weight, Bias, Mean, Std))),
        new LoadOptions { AllowMissing = true, AllowUnused = true }));

    [Fact]
    public void Import_and_export_are_in_PyTorchs_order()
    {
        TestNetwork network = new();
        network.Import("dense1.weight", [1, 2, 3, 4, 5, 6]);
        Assert.Equal([1, 3, 5, 2, 4, 6], network.Parameters[..6].ToArray());
        Assert.Equal([1, 2, 3, 4, 5, 6], network.Exported("dense1.weight", 6));
        network.Import("standardize1.std", [1, 2]);
        Assert.Equal([1, 2], network.State.Slice(16, 2).ToArray());
    }

    [Fact]
    public void Import_and_export_name_what_is_wrong()
    {
        TestNetwork network = new();
        Assert.Contains("Expected 6 floats (3x2) for dense1.weight, got 5",
            Assert.Throws<ArgumentException>(() => network.Import("dense1.weight", new float[5])).Message);
        Assert.Contains("dense1.bias, standardize1.mean",
            Assert.Throws<ArgumentException>(() => network.Export("dense2.weight", new float[6])).Message);
    }
}
