using System.ComponentModel.DataAnnotations;

namespace Lectern.Ai;

/// <summary>Who writes down what students say: an endpoint that speaks OpenAI's <c>audio/transcriptions</c>. Without one the student's browser may.</summary>
public sealed record TranscriptionOptions : IModelAddress, IValidatableObject
{
    /// <summary>Such as <c>https://api.openai.com/v1</c> or <c>http://127.0.0.1:8000/v1</c>. Empty for none.</summary>
    public string BaseUrl { get; init; } = "";

    /// <summary>May be empty for a server of one's own that asks for none.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>The model's name at that endpoint.</summary>
    public string Name { get; init; } = "";

    /// <summary>Tells the endpoint which language to expect. Off for a school whose students mix languages.</summary>
    public bool HintLanguage { get; init; } = true;

    /// <summary>How long a transcription may take.</summary>
    [Range(1.0, 120.0)]
    public double TimeoutSeconds { get; init; } = 10;

    /// <summary>How long the endpoint is left alone after it failed repeatedly.</summary>
    [Range(1.0, 3_600.0)]
    public double BreakSeconds { get; init; } = 20;

    /// <summary>The catalogue's item that prices it, by time. Empty: the one named like provider and model. <c>none</c>: nothing is paid.</summary>
    [MaxLength(100)]
    public string Price { get; init; } = "";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        ModelAddress.Problems("Ai:Transcription", this).Select(problem => new ValidationResult(problem));

    /// <summary>Without the key: options are easily written to a log.</summary>
    public override string ToString() => BaseUrl.Length > 0 ? $"{Name} at {BaseUrl}" : "nobody";
}
