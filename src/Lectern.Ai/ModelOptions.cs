using System.ComponentModel.DataAnnotations;

namespace Lectern.Ai;

/// <summary>A language model behind an endpoint that speaks OpenAI's chat completions (OpenAI itself, vLLM, llama.cpp, Ollama and others).</summary>
public sealed record ModelOptions : IModelAddress, IValidatableObject
{
    /// <summary>Such as <c>https://api.openai.com/v1</c> or <c>http://127.0.0.1:11434/v1</c>. Empty for no model.</summary>
    public string BaseUrl { get; init; } = "";

    /// <summary>May be empty for a server of one's own that asks for none.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>The model's name at that endpoint.</summary>
    public string Name { get; init; } = "";

    /// <summary>How long the model may take to its first word.</summary>
    [Range(1.0, 300.0)]
    public double FirstTokenSeconds { get; init; } = 15;

    /// <summary>How long it may pause between two words.</summary>
    [Range(1.0, 300.0)]
    public double IdleSeconds { get; init; } = 10;

    /// <summary>How long an answer may take in all.</summary>
    [Range(1.0, 3_600.0)]
    public double TotalSeconds { get; init; } = 120;

    [Range(16, 100_000)]
    public int MaxOutputTokens { get; init; } = 700;

    /// <summary>Null sends none, so that the model's own holds: several models refuse any other.</summary>
    [Range(0.0, 2.0)]
    public double? Temperature { get; init; }

    /// <summary>How long the model is left alone after it failed repeatedly; meanwhile the course is quoted.</summary>
    [Range(1.0, 3_600.0)]
    public double BreakSeconds { get; init; } = 20;

    /// <summary>
    /// The catalogue's items that price it, without their endings -input, -cached and -output: <c>openai-gpt-5.4-mini</c>. Empty: those named like
    /// provider and model. <c>none</c>: nothing is paid, as for a server of one's own.
    /// </summary>
    [MaxLength(90)]
    public string Price { get; init; } = "";

    public bool IsSet => BaseUrl.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        ModelAddress.Problems("Ai:Model", this).Select(problem => new ValidationResult(problem));

    /// <summary>Without the key: options are easily written to a log.</summary>
    public override string ToString() => IsSet ? $"{Name} at {BaseUrl}" : "no model";
}
