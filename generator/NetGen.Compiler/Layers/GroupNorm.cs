using System.Collections.Generic;
using System.Linq;
using NetGen.Compiler.Ir;
using NetGen.Compiler.Issues;
using NetGen.Compiler.Lowering;
using NetGen.Compiler.Ops;
using NetGen.Compiler.Spec;

namespace NetGen.Compiler.Layers;

/// <summary>Normalises each sample's groups of channels by themselves; instance norm has a group for each channel.</summary>
internal sealed class GroupNorm(string kind, bool affineByDefault) : LayerKind
{
    public override string Kind => kind;

    public override bool KeepsSigns => true;

    public override IReadOnlyList<string> Positional => ["groups"];

    public override IReadOnlyList<ArgumentSpec> Defaults => [NormArguments.DefaultEpsilon, new("affine", new([affineByDefault]))];

    public override Node Lower(LayerContext context)
    {
        float epsilon = NormArguments.Epsilon(context);
        Node x = context.ChannelsLast(context.Input);
        (int channels, int pixels) = (x.Shape.Last, SampleMoments.PixelsOf(x.Shape));
        int groups = context.Element.Has("groups") ? context.Element.Int("groups") : channels;
        context.Expect(groups >= 1, "groups", "of at least 1", groups);
        if (channels % groups != 0)
        {
            throw context.Fail(
                IssueDescriptors.IndivisibleChannels, "groups", context.Name, $"{groups}", $"the {channels} channels of {context.InputName}",
                string.Join(", ", Enumerable.Range(1, channels).Where(number => channels % number == 0).Take(8)));
        }
        if (pixels * (channels / groups) == 1)
        {
            throw context.Fail(
                IssueDescriptors.WantsImage, null, context.Name, "more than one number to normalise together",
                context.InputName, context.Input.Shape.Describe(), "[Reshape(time, features)]");
        }
        Node[] affine = context.Element.Flag("affine", affineByDefault)
            ? [context.Parameter("weight", Shape.Of(channels), Initialization.Constant(1)), context.Parameter("bias", Shape.Of(channels), Initialization.Zeros)]
            : [];
        Node moments = context.Add(new GroupMoments(groups, pixels, epsilon), context.Add(new SampleMoments(), x));
        return context.ChannelsFirst(context.Add(new GroupNormalize(groups), [x, moments, .. affine]));
    }
}
