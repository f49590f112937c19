using System.ComponentModel.DataAnnotations;

namespace Lectern.Ai;

/// <summary>Which models the school is connected to. Without any, Lectern answers by quoting its courses.</summary>
public sealed record AiOptions
{
    public ModelOptions Model { get; init; } = new();
}

/// <summary>A language model behind an endpoint that speaks OpenAI's chat completions (OpenAI itself, vLLM, llama.cpp, Ollama and others).</summary>
public sealed record ModelOptions : IValidatableObject
{
    /// <summary>Such as <c>https://api.openai.com/v1</c> or <c>http://127.0.0.1:11434/v1</c>. Empty for no model.</summary>
    public string BaseUrl { get; init; } = "";

    /// <summary>May be empty for a server of one's own that asks for none.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>The model's name at that endpoint.</summary>
    public string Name { get; init; } = "";

    /// <summary>How long the model may take to its first word.</summary>
    [Range(1, 300)]
    public double FirstTokenSeconds { get; init; } = 15;

    /// <summary>How long it may pause between two words.</summary>
    [Range(1, 300)]
    public double IdleSeconds { get; init; } = 10;

    /// <summary>How long an answer may take in all.</summary>
    [Range(1, 3_600)]
    public double TotalSeconds { get; init; } = 120;

    [Range(16, 100_000)]
    public int MaxOutputTokens { get; init; } = 700;

    [Range(0, 2)]
    public float Temperature { get; init; } = 0.2f;

    /// <summary>How long the model is left alone after it failed repeatedly; meanwhile the course is quoted.</summary>
    [Range(1, 3_600)]
    public double BreakSeconds { get; init; } = 20;

    public bool IsSet => BaseUrl.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsSet)
            yield break;
        if (!Uri.TryCreate(BaseUrl, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            yield return new ValidationResult($"Ai:Model:BaseUrl \"{BaseUrl}\" is not an http or https address.");
        if (Name.Length == 0)
            yield return new ValidationResult("Ai:Model:Name is missing: the endpoint needs to know which model.");
    }
}
