using System.Text.Json;
using Lectern.Tests.Fakes.Model;

namespace Lectern.Bench.Chaos;

/// <summary>What the fake model says: always the same to the same question, word by word at the pace of a good service, and on from where it broke off.</summary>
internal static class FixedAnswers
{
    private static readonly TimeSpan FirstWord = TimeSpan.FromMilliseconds(350);
    private static readonly TimeSpan Word = TimeSpan.FromMilliseconds(40);

    private static readonly string[] Sentences =
    [
        "Small molecules pass through the membrane on their own.",
        "Larger ones are let through by proteins, which open and close.",
        "Water follows the salt until both sides are equally strong.",
        "The inside of the double layer is oily, so charged particles stay out.",
        "Pumps move ions against the slope, and that costs the cell energy.",
        "A cell in fresh water swells, while one in salt water shrinks.",
        "The nucleus keeps the plans and sends out copies of them.",
    ];

    public static string Of(string question)
    {
        var first = question.Aggregate(0, (sum, letter) => (sum * 31 + letter) % 100_003) % Sentences.Length;
        var said = Enumerable.Range(0, 4).Select(i => Sentences[(first + i * 3) % Sentences.Length]).ToArray();
        said[1] = said[1].TrimEnd('.') + " [1].";
        return string.Join(' ', said);
    }

    /// <summary>A script of <see cref="FakeModelServer"/>.</summary>
    public static async Task SayAsync(FakeModelCall call)
    {
        var messages = call.Messages;
        var goesOn = messages[^1].Text.Contains("\"goOn\"", StringComparison.Ordinal);
        using var asked = JsonDocument.Parse(messages[goesOn ? ^3 : ^1].Text);
        var words = Of(asked.RootElement.GetProperty("studentSays").GetString()!).Split(' '); // as TeacherPrompt has it
        var said = goesOn ? messages[^2].Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length : 0;
        await Task.WhenAny(Task.Delay(FirstWord), call.Gone);
        for (var i = said; i < words.Length && !call.Gone.IsCompleted; i++)
        {
            await call.SayAsync(i == said ? words[i] : $" {words[i]}");
            await Task.WhenAny(Task.Delay(Word), call.Gone);
        }
        if (call.Gone.IsCompleted)
            return;
        await call.FinishAsync();
        await call.EndAsync();
    }
}
