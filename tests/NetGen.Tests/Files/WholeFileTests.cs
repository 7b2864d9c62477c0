namespace NetGen.Tests.Files;

public sealed class WholeFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_that_could_not_be_written_to_its_end_leaves_the_one_before_and_nothing_else()
    {
        string path = _folder.Path("page.html");
        WholeFile.Write(path, "before");
        IOException exception = Assert.Throws<IOException>(() => WholeFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new IOException("the disk is full");
        }));

        Assert.Equal("the disk is full", exception.Message);
        Assert.Equal("before", File.ReadAllText(path));
        Assert.Equal(["page.html"], _folder.Names());
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named()
    {
        string path = Path.Combine(_folder.Path("none"), "page.html");
        DirectoryNotFoundException exception = Assert.Throws<DirectoryNotFoundException>(() => WholeFile.Write(path, "text"));

        Assert.Equal($"Cannot save '{path}': the folder '{_folder.Path("none")}' does not exist. Create it first.", exception.Message);
    }

    [Fact]
    public void A_folder_that_may_not_be_written_to_is_named()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("root may write everywhere");
            return;
        }
        string folder = Directory.CreateDirectory(_folder.Path("closed"), UnixFileMode.UserRead | UnixFileMode.UserExecute).FullName, path = Path.Combine(folder, "page.html");
        UnauthorizedAccessException exception = Assert.Throws<UnauthorizedAccessException>(() => WholeFile.Write(path, "text"));

        Assert.Equal($"Cannot save '{path}': its folder may not be written to. Choose another.", exception.Message);
    }
}
