using System.Text.Json;
using Lectern.Ui.Islands;

namespace Lectern.Tests.Ui;

public sealed class IslandTests
{
    private static readonly Dictionary<string, object?> Classroom = new() { ["Name"] = "classroom" };

    [Fact]
    public async Task A_live_part_gets_its_translations_as_data()
    {
        var html = await Rendered.Html<IslandTexts>(Classroom, language: "de");
        Assert.StartsWith("<script type=\"application/json\" data-texts>{", html, StringComparison.Ordinal);
        Assert.Equal("Senden", Texts(html)["Send"]);
    }

    [Fact]
    public async Task In_English_there_is_nothing_to_translate() => Assert.Empty(Texts(await Rendered.Html<IslandTexts>(Classroom)));

    [Fact]
    public async Task A_live_part_loads_its_script_as_a_module() =>
        Assert.Contains("<script type=\"module\" src=\"/_content/Lectern.Ui/islands/classroom.js\"></script>", await Rendered.Html<Island>(Classroom), StringComparison.Ordinal);

    private static Dictionary<string, string> Texts(string html) =>
        JsonSerializer.Deserialize<Dictionary<string, string>>(html[(html.IndexOf('>', StringComparison.Ordinal) + 1)..html.LastIndexOf('<')])!;
}
