using System.Buffers;
using System.IO.MemoryMappedFiles;

namespace NetGen.Training;

/// <summary>
/// An .npy file of float32 that is not read but mapped: the system brings in what is touched and drops it again, so that the file may be larger than memory. Leave it unchanged meanwhile.
/// </summary>
/// <example><code>
/// using MappedArray features = MappedArray.Open("features.npy");
/// Dataset data = Dataset.FromArrays(features, NpyArray.Read("classes.npy"));
/// </code></example>
public sealed class MappedArray : IDisposable
{
    private readonly Owner _owner;

    private MappedArray(string path, Shape shape, Owner owner)
    {
        Path = path;
        Shape = shape;
        _owner = owner;
    }

    /// <summary>The file, as it was named by the caller.</summary>
    public string Path { get; }

    /// <summary>The extents, outermost first.</summary>
    public Shape Shape { get; }

    /// <summary>The elements in order.</summary>
    internal ReadOnlyMemory<float> Elements => _owner.Memory;

    /// <summary>Maps a file.</summary>
    /// <param name="path">An .npy file of float32, little-endian, row by row.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="DatasetFormatException">
    /// The file is none that <see cref="NpyArray.Read(string)"/> reads, holds other numbers than float32, or is longer or shorter than its header
    /// says.
    /// </exception>
    public static MappedArray Open(string path)
    {
        NpyHeader header;
        using (FileStream file = NpyArray.Open(path))
        {
            header = NpyHeader.Read(path, file, mostBytes: (long)int.MaxValue * sizeof(float));
            if (header.Type != NpyType.Single)
            {
                throw NpyHeader.Bad(path, $"expected float32, which needs no conversion, found {header.Type}. Save array.astype('float32').");
            }
            header.CheckLength(path, file.Length);
            if (header.Start % sizeof(float) != 0)
            {
                throw NpyHeader.Bad(path, $"the elements start at byte {header.Start}, which is no multiple of 4. Save the file anew by numpy.save.");
            }
        }
        MemoryMappedFile map = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
        return new MappedArray(path, header.Shape, new Owner(map, header.Start, header.Shape.Count));
    }

    /// <summary>Ends the mapping. Data sets made of it can no longer be read; spans of theirs must no longer be in use.</summary>
    public void Dispose() => ((IDisposable)_owner).Dispose();

    /// <summary>Memory that belongs to the system. It has no finalizer, because spans of it keep nothing alive: what is not disposed of stays mapped until the process ends.</summary>
    private sealed unsafe class Owner : MemoryManager<float>
    {
        private readonly MemoryMappedFile _map;
        private readonly MemoryMappedViewAccessor _view;
        private readonly int _count;
        private float* _elements;

        public Owner(MemoryMappedFile map, int start, int count)
        {
            _map = map;
            _view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
            _count = count;
            byte* bytes = null;
            _view.SafeMemoryMappedViewHandle.AcquirePointer(ref bytes);
            _elements = (float*)(bytes + start);
        }

        public override Span<float> GetSpan()
        {
            ObjectDisposedException.ThrowIf(_elements is null, typeof(MappedArray));
            return new Span<float>(_elements, _count);
        }

        public override MemoryHandle Pin(int elementIndex = 0) => new(_elements + elementIndex);

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
            if (_elements is not null)
            {
                _elements = null;
                _view.SafeMemoryMappedViewHandle.ReleasePointer();
                _view.Dispose();
                _map.Dispose();
            }
        }
    }
}
