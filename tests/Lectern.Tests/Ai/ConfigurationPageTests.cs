using System.Globalization;
using Lectern.Ai;
using Lectern.Tests.Fakes;

namespace Lectern.Tests.Ai;

public sealed class ConfigurationPageTests
{
    private static readonly Dictionary<string, object> Sections = new()
    {
        ["Ai:Model"] = new ModelOptions(), ["Ai:Speech"] = new SpeechOptions(), ["Ai:Transcription"] = new TranscriptionOptions(),
    };

    [Theory]
    [InlineData("## A language model: `Ai:Model`", "Ai:Model", 10)]
    [InlineData("## A voice for the teacher: `Ai:Speech`", "Ai:Speech", 12)]
    [InlineData("## Ears: `Ai:Transcription`", "Ai:Transcription", 7)]
    public void The_configuration_page_lists_every_setting_with_its_default(string heading, string section, int count)
    {
        var page = File.ReadAllText(Path.Combine(Repository.Folder("docs"), "configuration.md"));
        var options = Sections[section];
        var text = page[page.IndexOf(heading, StringComparison.Ordinal)..];
        var rows = text[..text.IndexOf("\n## ", StringComparison.Ordinal)].Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToDictionary(cells => cells[1].Trim('`'), cells => cells[2]);
        var settings = options.GetType().GetProperties().Where(property => property.CanWrite).ToDictionary(property => property.Name, property => Default(property.GetValue(options)));

        Assert.Equal(count, settings.Count);
        Assert.Equal(settings, rows);
    }

    private static string Default(object? value) => value is bool or Enum ? value.ToString()!.ToLowerInvariant() // both have a name
        : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
