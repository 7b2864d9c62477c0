using System.Text.Json.Serialization;

namespace NetGen.Training;

/// <summary>The part of a checkpoint that is no tensor, as JSON in the file's metadata.</summary>
internal sealed record CheckpointRecord
{
    /// <summary>The version that this library writes and reads. 1 had the classes of optimizer, schedule and augmentation only.</summary>
    public const int CurrentVersion = 2;

    public required int Version { get; init; }
    public required TrainingSettings Settings { get; init; }
    public required long StepCount { get; init; }

    /// <summary>The network's seed at that time, which an observer may have changed; <see cref="Settings"/> has the one that training began with.</summary>
    public required long Seed { get; init; }

    public required float LearningRate { get; init; }
    public required double[] ScheduleState { get; init; }
    public required TrainingPosition Position { get; init; }

    /// <summary>How many sequences the next batch goes on with; 0 where it starts at zero.</summary>
    public required int CarriedSequences { get; init; }

    public required double LossSum { get; init; }
    public required double LossWeight { get; init; }
    public required EpochResult[] History { get; init; }
    public required int BestEpoch { get; init; }
    public required double BestScore { get; init; }
}

// Doubles are written with as many digits as they need to be read back to the bit. Null where nothing may be null is refused as any other damage.
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UseStringEnumConverter = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CheckpointRecord))]
[JsonSerializable(typeof(EpochResult))]
internal sealed partial class TrainingJson : JsonSerializerContext;
