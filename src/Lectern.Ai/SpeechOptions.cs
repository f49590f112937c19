using System.ComponentModel.DataAnnotations;

namespace Lectern.Ai;

/// <summary>Who speaks what the teacher says. Without an engine the student's browser does.</summary>
public sealed record SpeechOptions : IModelAddress, IValidatableObject
{
    public SpeechEngine Engine { get; init; } = SpeechEngine.Auto;

    /// <summary>Of an endpoint that speaks OpenAI's <c>audio/speech</c>, up to <c>/v1</c>. Empty for none.</summary>
    public string BaseUrl { get; init; } = "";

    /// <summary>May be empty for a server of one's own that asks for none.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>The model's name at that endpoint.</summary>
    public string Name { get; init; } = "";

    /// <summary>The endpoint's voice for teachers that name none of their own.</summary>
    public string Voice { get; init; } = "";

    /// <summary>Samples a second of the endpoint's raw sound; OpenAI's are 24,000.</summary>
    [Range(8_000, 48_000)]
    public int SampleRate { get; init; } = 24_000;

    /// <summary>How long the endpoint may take to its first sound.</summary>
    [Range(0.5, 60.0)]
    public double FirstByteSeconds { get; init; } = 5;

    /// <summary>How long it may pause between two pieces of sound.</summary>
    [Range(0.5, 60.0)]
    public double IdleSeconds { get; init; } = 5;

    /// <summary>How long the endpoint is left alone after it failed repeatedly; meanwhile phrases are only shown.</summary>
    [Range(1.0, 3_600.0)]
    public double BreakSeconds { get; init; } = 20;

    /// <summary>The catalogue's item that prices the endpoint, by the character or by time. Empty: the one named like provider and model. <c>none</c>: nothing is paid.</summary>
    [MaxLength(100)]
    public string Price { get; init; } = "";

    /// <summary>Processes of espeak-ng; each speaks one phrase at a time, within milliseconds.</summary>
    [Range(1, 16)]
    public int Workers { get; init; } = 2;

    /// <summary>The file <c>Lectern.Espeak.dll</c>. Empty for the one in <c>helpers/espeak</c> beside the program.</summary>
    public string Helper { get; init; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Problems().Select(problem => new ValidationResult(problem));

    /// <summary>Without the key: options are easily written to a log.</summary>
    public override string ToString() => BaseUrl.Length > 0 ? $"{Engine}: {Name} at {BaseUrl}" : $"{Engine}";

    private IEnumerable<string> Problems()
    {
        foreach (var problem in ModelAddress.Problems("Ai:Speech", this))
            yield return problem;
        if (!Enum.IsDefined(Engine))
            yield return "Ai:Speech:Engine is none of Auto, Espeak, Endpoint, None.";
        if (Engine == SpeechEngine.Endpoint && BaseUrl.Length == 0)
            yield return "Ai:Speech:BaseUrl is missing: Ai:Speech:Engine asks for an endpoint.";
        if (BaseUrl.Length > 0 && string.IsNullOrWhiteSpace(Voice))
            yield return "Ai:Speech:Voice is missing: the endpoint needs to know which voice, such as alloy.";
    }
}

/// <summary>Who speaks.</summary>
public enum SpeechEngine
{
    /// <summary>The endpoint if one is set, else espeak-ng if it is installed, else nobody.</summary>
    Auto,

    /// <summary>espeak-ng on this machine.</summary>
    Espeak,

    /// <summary>An endpoint that speaks OpenAI's <c>audio/speech</c>.</summary>
    Endpoint,

    /// <summary>Nobody: the browser speaks.</summary>
    None,
}
