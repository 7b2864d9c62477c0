namespace NetGen.Training.Tests;

public sealed class ImageAugmentationTests
{
    private const int Height = 4;
    private const int Width = 5;

    [Fact]
    public void Augmentations_are_told_by_their_settings() => Assert.Equal(
        "AugmentationChain(ImageAugmentation(Shift 2, Flip True, Rotate 7.5, CutOut 0, Fill 0), Noise(deviation 0.1))",
        new AugmentationChain(new ImageAugmentation { Shift = 2, Flip = true, Rotate = 7.5f }, new Noise(0.1f)).ToString());

    [Fact]
    public void A_chain_with_no_augmentation_where_one_should_be_is_refused() =>
        Assert.Throws<ArgumentException>(() => new AugmentationChain(new Noise(0.1f), null!));

    [Fact]
    public void Every_shift_and_both_sides_come_and_each_is_the_padded_image_cropped()
    {
        const int shift = 2;
        ImageAugmentation augmentation = new() { Shift = shift, Flip = true, Fill = -1 };
        NetworkInfo network = Network(2, Height, Width);
        float[] image = [.. Enumerable.Range(0, 2 * Height * Width).Select(i => (float)i)];

        // In the order (down, right, mirrored).
        string[] expected = [.. from down in Enumerable.Range(-shift, 2 * shift + 1)
                                from right in Enumerable.Range(-shift, 2 * shift + 1)
                                from mirrored in (bool[])[false, true]
                                select Text(Cropped(image, down, right, mirrored, fill: -1))];
        HashSet<string> seen = [];
        for (ulong stream = 0; stream < 2000; stream++)
        {
            float[] sample = [.. image];
            SplitMix64 random = new(seed: 1, stream);
            augmentation.Apply(sample, network, ref random);
            Assert.Contains(Text(sample), expected);
            seen.Add(Text(sample));
        }

        Assert.Equal(expected.Distinct().Count(), seen.Count);
    }

    [Fact]
    public void Without_settings_nothing_changes()
    {
        float[] sample = [1, 2, 3, 4];
        SplitMix64 random = new(seed: 1);
        new ImageAugmentation().Apply(sample, Network(1, 2, 2), ref random);

        Assert.Equal([1, 2, 3, 4], sample);
    }

    [Fact]
    public void A_quarter_turn_moves_each_pixel_and_a_turn_back_undoes_it()
    {
        float[] image = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        ImageRotation.Turn(image, 3, 3, MathF.PI / 2, fill: -1);
        Assert.Equal([7, 4, 1, 8, 5, 2, 9, 6, 3], image.Select(x => (int)MathF.Round(x, 4)));
        ImageRotation.Turn(image, 3, 3, -MathF.PI / 2, fill: -1);
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], image.Select(x => (int)MathF.Round(x, 4)));
    }

    [Fact]
    public void A_turn_interpolates_and_fills()
    {
        // By an eighth, the corner comes from outside and an edge's middle from 1 / sqrt 2 of the way to a corner.
        float[] image = [0, 0, 0, 0, 1, 1, 0, 0, 0];
        ImageRotation.Turn(image, 3, 3, MathF.PI / 4, fill: 2);
        float near = MathF.Sqrt(0.5f);
        Assert.Equal(1, image[4], 1e-6f);
        // The lower right corner is sqrt 2 right of the centre: 0.41 beyond the last pixel.
        Assert.Equal(1 - (MathF.Sqrt(2) - 1) + 2 * (MathF.Sqrt(2) - 1), image[8], 1e-5f);
        Assert.Equal(near * (1 - near) + near * near * 0 + (1 - near) * (1 - near) + (1 - near) * near * 0, image[5], 1e-5f);
    }

    [Fact]
    public void Turns_stay_within_their_angle_and_depend_on_the_random_numbers_only()
    {
        ImageAugmentation augmentation = new() { Rotate = 30 };
        NetworkInfo network = Network(1, 9, 9);
        HashSet<string> seen = [];
        for (ulong stream = 0; stream < 20; stream++)
        {
            float[] first = new float[81];
            first[4 * 9 + 8] = 1;
            float[] second = [.. first];
            SplitMix64 random = new(seed: 1, stream), again = new(seed: 1, stream);
            augmentation.Apply(first, network, ref random);
            augmentation.Apply(second, network, ref again);
            Assert.Equal(first, second);
            seen.Add(Text(first));
            // The pixel at the right stays right of the centre and within 4 sin 30 degrees = 2 rows of the middle.
            Assert.All(Enumerable.Range(0, 81).Where(i => first[i] > 1e-3f), i => Assert.True(i % 9 > 5 && Math.Abs(i / 9 - 4) <= 3));
        }
        Assert.True(seen.Count > 15);
    }

    [Fact]
    public void A_square_is_cut_out_wherever_it_fits_and_at_the_edges_less()
    {
        ImageAugmentation augmentation = new() { CutOut = 3, Fill = 0 };
        NetworkInfo network = Network(2, 6, 6);
        HashSet<int> sizes = [];
        for (ulong stream = 0; stream < 300; stream++)
        {
            float[] sample = [.. Enumerable.Repeat(1f, 72)];
            SplitMix64 random = new(seed: 1, stream);
            augmentation.Apply(sample, network, ref random);
            Assert.Equal(sample[..36], sample[36..]);
            int[] cut = [.. Enumerable.Range(0, 36).Where(i => sample[i] == 0)];
            int height = cut.Max(i => i / 6) - cut.Min(i => i / 6) + 1;
            int width = cut.Max(i => i % 6) - cut.Min(i => i % 6) + 1;
            Assert.Equal(height * width, cut.Length);
            sizes.Add(cut.Length);
        }
        Assert.Equal([4, 6, 9], sizes.Order());
    }

    [Fact]
    public void Noise_has_its_deviation_and_follows_the_other_parts_of_a_chain()
    {
        AugmentationChain chain = new(new Noise(0.5f), new Noise(0.5f));
        float[] sample = new float[20_000];
        SplitMix64 random = new(seed: 1);
        NetworkInfo network = Network(1, 100, 200);
        chain.Check(network);
        chain.Apply(sample, network, ref random);

        Assert.Equal(0, sample.Average(), 0.02f);
        Assert.Equal(0.5, sample.Average(x => (double)x * x), 0.02);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Noise(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageAugmentation { Rotate = 181 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ImageAugmentation { CutOut = -1 });
    }

    [Fact]
    public void Inputs_that_are_no_images_stay_as_they_are_and_several_images_change_alike()
    {
        NetworkInfo network = Network(1, 2, 3) with
        {
            Inputs = [new InputInfo("meta", new Shape(2)), new InputInfo("left", new Shape(1, 2, 3)), new InputInfo("right", new Shape(1, 2, 3))],
        };
        for (ulong stream = 0; stream < 50; stream++)
        {
            float[] sample = [7, 8, 1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6];
            SplitMix64 random = new(seed: 1, stream);
            new ImageAugmentation { Shift = 1, Flip = true }.Apply(sample, network, ref random);

            Assert.Equal([7, 8], sample[..2]);
            Assert.Equal(sample[2..8], sample[8..]);
        }
    }

    [Fact]
    public void A_network_that_it_does_not_suit_is_refused()
    {
        ImageAugmentation augmentation = new() { Shift = 2 };

        Assert.Contains("Linear has no input of three axes, (channels, height, width)", Refused(new LinearNetwork(6, 2).Info));
        Assert.Contains("(input: 1x2x3), got 2", Refused(Network(1, 2, 3)));
        Assert.Throws<ArgumentOutOfRangeException>("Shift", () => new ImageAugmentation { Shift = -1 });

        string Refused(NetworkInfo network) => Assert.Throws<ArgumentException>(() => augmentation.Check(network)).Message;
    }

    [Fact]
    public void Training_changes_copies_by_seed_and_step_and_leaves_data_and_validation_alone()
    {
        Dataset data = Dataset.FromArrays([.. Enumerable.Range(1, 8 * 6).Select(i => (float)i)], 6, [0, 1, 0, 1, 0, 1, 0, 1]);
        float[] before = data.Features.ToArray();
        List<float[]> first = Batches(seed: 1);

        Assert.Equal(first, Batches(seed: 1));
        Assert.NotEqual(first, Batches(seed: 2));
        Assert.Equal(before, data.Features);
        Assert.Equal(first.Count, first.Select(batch => string.Join(' ', batch.Order())).Distinct().Count());

        List<float[]> Batches(long seed)
        {
            List<float[]> batches = [];
            LinearNetwork network = new(6, 2, inputShape: new Shape(1, 2, 3)) { Observe = (in batch) => batches.Add(batch.Inputs.ToArray()) };
            new Trainer<LinearNetwork>(network, new Descent())
            {
                Epochs = 3,
                BatchSize = 4,
                Seed = seed,
                Augmentation = new ImageAugmentation { Shift = 1 },
            }.Fit(data, data);
            return batches;
        }
    }

    [Fact]
    public void Training_refuses_before_anything_is_touched()
    {
        LinearNetwork network = new(2, 2);
        Trainer<LinearNetwork> trainer = new(network, new Descent()) { Augmentation = new ImageAugmentation { Flip = true } };

        Assert.Throws<ArgumentException>(() => trainer.Fit(Samples.OfClasses(5, 5)));
        Assert.Equal((0, 0, 0), (network.TimesFitted, network.Reserved, network.StepCount));
    }

    private static NetworkInfo Network(int channels, int height, int width) =>
        new LinearNetwork(channels * height * width, 2, inputShape: new Shape(channels, height, width)).Info;

    private static float[] Cropped(float[] image, int down, int right, bool mirrored, float fill)
    {
        float[] result = new float[image.Length];
        for (int i = 0; i < result.Length; i++)
        {
            (int channel, int y, int x) = (i / (Height * Width), i / Width % Height, i % Width);
            int fromY = y - down;
            int fromX = (mirrored ? Width - 1 - x : x) - right;
            bool inside = fromY is >= 0 and < Height && fromX is >= 0 and < Width;
            result[i] = inside ? image[(channel * Height + fromY) * Width + fromX] : fill;
        }
        return result;
    }

    private static string Text(float[] values) => string.Join(' ', values);
}
