using System.Text.Json;
using Lectern.Tests.Fakes.Model;
using Lectern.Tests.Fakes.Speech;
using Microsoft.Playwright;
using Xunit.Abstractions;
using static Microsoft.Playwright.Assertions;

namespace Lectern.Tests.Browser;

/// <summary>A student talks with the teacher, aloud.</summary>
[Collection(SpokenChromiumCollection.Name)]
public sealed class SpokenJourney(SpokenChromium chromium, ITestOutputHelper output)
{
    private const string Answer = "An enzyme lowers the activation energy of a reaction [1]. " +
        "It holds the substrate in its active site until the bonds have changed. Then the product leaves and the enzyme is free again. " +
        "So a few molecules of it can do the work of many, over and over, all day long.";

    [FactWithEspeak]
    public async Task A_student_speaks_is_answered_aloud_speaks_over_it_and_the_teacher_remembers_what_was_heard()
    {
        await using var school = await chromium.SchoolAsync(VoiceOfTest.Espeak);
        var classroom = await school.EnterAsync(scripts: FakeMicrophone.Script);
        var page = classroom.Page;
        await classroom.ListenAsync();
        await classroom.OpenMicrophoneAsync();
        school.Speech.NextTranscription(call => call.SayAsync(Classroom.Question));
        school.Speech.NextTranscription(call => call.SayAsync("No, I meant the temperature."));
        school.Model.Next(ModelScripts.Say(Answer));
        school.Model.Next(ModelScripts.Say("Warmth makes them faster [1]."));

        // The question.
        await page.WatchAsync();
        await page.SpeakAsync(isOn: true);
        await Expect(classroom.Hearing).ToHaveTextAsync("You are heard.");
        await page.WaitForTimeoutAsync(900);
        await page.SpeakAsync(isOn: false);
        var quietAt = await page.EvaluateAsync<double>("() => window.student.quietAt");
        await Expect(classroom.Questions.First).ToContainTextAsync(Classroom.Question);

        // The answer.
        await page.IsLoudAsync();
        await classroom.HearAsync(4_500);
        await Expect(classroom.Caption).ToBeVisibleAsync();
        await Expect(page.Locator(".classroom-stage")).ToHaveAttributeAsync("data-activity", "speaking");

        // The interruption.
        await page.SpeakAsync(isOn: true);
        await Expect(classroom.Caption).ToBeHiddenAsync();
        await page.IsSilentAsync();
        var heard = await page.SeenAsync();
        await page.WatchAsync(everyMs: 10);
        await page.SpeakAsync(isOn: false);
        var quietAgainAt = await page.EvaluateAsync<double>("() => window.student.quietAt");
        await Expect(classroom.Questions.Nth(1)).ToContainTextAsync("No, I meant the temperature.");
        await classroom.Written.Answers.Nth(1).WaitForAsync();
        var cut = await AssertCutAsync(school, classroom);
        var after = await page.SeenAsync();
        Assert.All(after.TakeWhile(one => one.Utterance == heard[^1].Utterance), one => Assert.InRange(one.Peak, 0, 0.001));
        var again = after.Where(one => one.Utterance > heard[^1].Utterance).ToList();

        // The source, the end, and what is kept.
        await classroom.Written.Sources.First.ClickAsync();
        await Expect(classroom.Written.Panel.Locator("[aria-current], mark")).Not.ToHaveCountAsync(0);
        await classroom.Written.Button("Close").ClickAsync();
        var session = classroom.Session;
        await classroom.Written.EndAsync();
        var transcript = await page.EvaluateAsync<string>("id => fetch(`/api/v1/tutoring/sessions/${id}/transcript`).then(answer => answer.text())", session);
        Assert.Equal(cut, JsonDocument.Parse(transcript).RootElement.GetProperty("turns")[1].GetProperty("answer").GetProperty("text").GetString());
        await page.GetByRole(AriaRole.Link, new() { Name = "See the summary" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync(cut + "Stopped here.");
        await Expect(page.Locator("main")).ToContainTextAsync("No, I meant the temperature.");
        await Expect(page.Locator("main")).Not.ToContainTextAsync("over and over");

        TellDelay(heard, quietAt);
        TellDelay(again, quietAgainAt);
        AssertSpoken(heard);
        AssertInStep(heard);
    }

    [Fact]
    public async Task What_the_devices_own_microphone_hears_becomes_a_question()
    {
        await using var school = await chromium.SchoolAsync(VoiceOfTest.Tone);
        var folder = Directory.CreateTempSubdirectory("lectern-microphone-");
        await using var browser = await chromium.HearingAsync(await FakeMicrophone.WriteAsync(folder.FullName, 30, (1, 2.2)));
        var classroom = await school.EnterAsync(browser: browser);
        school.Speech.NextTranscription(call => call.SayAsync(Classroom.Question));
        school.Model.Next(ModelScripts.Say("It lowers it [1]."));
        await classroom.ListenAsync();
        await classroom.Microphone.ClickAsync();

        await Expect(classroom.Questions.First).ToContainTextAsync(Classroom.Question);
        await classroom.Page.IsLoudAsync();
        await classroom.Written.Answers.Nth(1).WaitForAsync();

        var heard = Assert.Single(school.Speech.Transcriptions).Samples;
        Assert.InRange(heard.Length / 16_000.0, 1.2, 2.0);
        Assert.InRange(heard.Count(sample => Math.Abs((int)sample) > 1_000) / (double)heard.Length, 0.3, 0.9);
        await browser.DisposeAsync();
        folder.Delete(recursive: true);
    }

    /// <summary>What is left of an answer that was spoken over is the same to the eye and in the model's memory: what was heard.</summary>
    private async Task<string> AssertCutAsync(SpokenSchool school, SpokenClassroom classroom)
    {
        await Expect(classroom.Stopped).ToContainTextAsync("Stopped here.");
        var memory = school.Model.Calls[^1].Messages.Single(message => message.Role == "assistant" && message.Text.StartsWith("An enzyme", StringComparison.Ordinal)).Text;
        var cut = await SpokenClassroom.TextAsync(classroom.Stopped);
        output.WriteLine($"Heard: {cut}");
        Assert.StartsWith(cut, Answer, StringComparison.Ordinal);
        Assert.InRange(cut.Length, 60, Answer.Length - 20);
        Assert.Equal(Said(cut), memory);
        return cut;
    }

    private static string Said(string text) => text.Replace(" [1]", "", StringComparison.Ordinal);

    private static void AssertSpoken(IReadOnlyList<Seen> seen)
    {
        var playing = seen.Where(one => one is { IsPlaying: true, Caption: not null }).ToList();
        Assert.InRange(playing.Select(one => one.Mark).Distinct().Count(), 6, int.MaxValue);
        Assert.InRange(playing.Select(one => one.Viseme).Distinct().Count(), 6, 15);
        Assert.InRange(playing.Select(one => one.Mouth).Distinct().Count(), 20, int.MaxValue);
        Assert.DoesNotContain(playing, one => one.Caption!.Contains("[1]", StringComparison.Ordinal)); // not null above
    }

    /// <summary>From the last loud sample to the first sound of the answer, with a model and an ear that answer at once.</summary>
    private void TellDelay(IReadOnlyList<Seen> seen, double quietAt)
    {
        var first = seen.First(one => one is { IsPlaying: true, AudioMs: > 0 });
        output.WriteLine($"From the end of speech to the first sound: {first.Now - first.AudioMs - quietAt:0} ms");
    }

    /// <summary>Compares the clocks of one page: that of the sound, that of the face and that of the captions.</summary>
    private void AssertInStep(IReadOnlyList<Seen> seen)
    {
        var playing = seen.Where(one => one is { IsPlaying: true, AudioMs: > 0, VisemeAt: not null }).ToList();
        var errors = playing.Select(one => Math.Abs(one.AudioMs - one.VisemeAt!.Value)).Order().ToList(); // not null above
        output.WriteLine($"Looks {playing.Count}, lips behind the sound: median {errors[errors.Count / 2]:0.0} ms, p95 {errors[(int)(errors.Count * 0.95)]:0.0} ms, most {errors[^1]:0.0} ms; latency {playing[^1].LatencyMs:0} ms");
        Assert.InRange(playing.Count, 40, int.MaxValue);
        Assert.InRange(errors[(int)(errors.Count * 0.95)], 0, 50);
        // Each word is marked from when it is heard until the next one is; a look may fall between two frames.
        var words = playing.Where(one => one.CaptionWordMs is not null).ToList();
        var late = words.Select((one, i) => words.Skip(i + 1).FirstOrDefault(next => next.CaptionWordMs > one.CaptionWordMs) is { } next ? one.AudioMs - next.CaptionWordMs!.Value : 0).ToList(); // not null above
        output.WriteLine($"Words {words.Select(one => one.CaptionWordMs).Distinct().Count()}: most early {words.Max(one => one.CaptionWordMs!.Value - one.AudioMs):0} ms, most late {late.Max():0} ms");
        Assert.All(words, one => Assert.True(one.CaptionWordMs <= one.AudioMs + 100));
        Assert.All(late, ms => Assert.InRange(ms, -10_000, 100));
    }
}
