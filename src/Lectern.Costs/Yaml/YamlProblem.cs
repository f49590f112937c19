using System.Globalization;

namespace Lectern.Costs.Yaml;

/// <summary>What is wrong at a place of a file.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Text">English, the key of its translation, with places for <paramref name="Arguments"/>.</param>
public sealed record YamlProblem(string File, int Line, int Column, string Text, params object[] Arguments)
{
    /// <summary>The sentence without its place, in English.</summary>
    public string Message => string.Format(CultureInfo.InvariantCulture, Text, Arguments);

    /// <summary>As compilers write it, so that editors find the place: <c>aws.yaml:12:5: …</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}: {Message}");
}

/// <summary>A file is not usable; the message holds every problem with its place, one a line.</summary>
public sealed class YamlProblemsException(IReadOnlyList<YamlProblem> problems) : Exception(string.Join(Environment.NewLine, problems))
{
    public IReadOnlyList<YamlProblem> Problems { get; } = problems;
}
