using System.Globalization;
using Lectern.Ai;
using Lectern.Tests.Fakes;

namespace Lectern.Tests.Ai;

public sealed class ConfigurationPageTests
{
    [Fact]
    public void The_configuration_page_lists_every_setting_of_a_model_with_its_default()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Folder("docs"), "configuration.md"));
        var section = page[page.IndexOf("## A language model: `Ai:Model`", StringComparison.Ordinal)..];
        var rows = section[..section.IndexOf("\n## ", StringComparison.Ordinal)].Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).ToDictionary(cells => cells[1].Trim('`'), cells => cells[2]);
        var settings = typeof(ModelOptions).GetProperties().Where(property => property.CanWrite).ToDictionary(
            property => property.Name, property => Convert.ToString(property.GetValue(new ModelOptions()), CultureInfo.InvariantCulture) ?? "");

        Assert.Equal(9, settings.Count);
        Assert.Equal(settings, rows);
    }
}
