using static Microsoft.Playwright.Assertions;

namespace Lectern.Tests.Browser;

/// <summary>
/// The teacher speaks with the browser's own voice. Chromium without a screen has none, so a stand-in takes its place: it begins each text at once and goes on
/// when the test says so.
/// </summary>
[Collection(ChromiumCollection.Name)]
public sealed class SpeakingJourney(Chromium chromium)
{
    private const string Voice = """
        window.said = [];
        window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
        Object.defineProperty(window, "speechSynthesis", { value: {
          getVoices: () => [],
          // The first press says a blank, which unlocks the voice of phones.
          speak(utterance) { if (!utterance.text.trim()) return; window.said.push(utterance.text); window.now = utterance; utterance.dispatchEvent(new Event("start")); },
          cancel() { window.now = null; },
        } });
        window.word = (at) => window.now.dispatchEvent(Object.assign(new Event("boundary"), { name: "word", charIndex: at }));
        window.end = () => { const ended = window.now; window.now = null; ended.dispatchEvent(new Event("end")); };
        """;

    [Fact]
    public async Task The_teacher_speaks_moves_its_lips_and_falls_silent_when_told()
    {
        var page = await chromium.PageAsync();
        await page.AddInitScriptAsync(Voice);
        await Chromium.SignInAsync(page, await chromium.NewStudentAsync());
        var classroom = await Classroom.OpenAsync(page);
        var caption = page.Locator(".classroom-caption");
        var face = page.Locator(".classroom-stage svg");
        await classroom.Button("Speak aloud").ClickAsync();
        await classroom.SayAsync(Classroom.Question);

        await Expect(caption).ToBeVisibleAsync();
        var first = await page.EvaluateAsync<string>("window.said[0]");
        await Expect(caption).ToHaveTextAsync(first);
        await page.EvaluateAsync("at => window.word(at)", first.IndexOf(' ', StringComparison.Ordinal) + 1);
        await Expect(caption.Locator("mark")).ToHaveTextAsync(first.Split(' ')[1]);
        await Expect(page.Locator(".classroom-stage")).ToHaveAttributeAsync("data-activity", "speaking");
        var still = await face.InnerHTMLAsync();
        await page.WaitForFunctionAsync("before => document.querySelector('.classroom-stage svg').innerHTML !== before", still);
        await PageChecks.CheckAsync(page, "a classroom that speaks", 1280);

        await page.EvaluateAsync("() => window.end()");
        await Expect(caption).Not.ToHaveTextAsync(first);
        var said = await page.EvaluateAsync<int>("window.said.length");
        await classroom.Button("Stop").ClickAsync();

        await Expect(caption).ToBeHiddenAsync();
        await Expect(page.Locator(".classroom-stage")).ToHaveAttributeAsync("data-activity", "listening");
        Assert.Equal(said, await page.EvaluateAsync<int>("window.said.length"));
        await Expect(page.Locator(".classroom-turn[data-outcome=stopped]")).ToContainTextAsync("Stopped here.");
        Assert.Equal(first, WithoutMarks(await page.Locator(".classroom-turn[data-outcome=stopped] .classroom-answer-text").InnerTextAsync()));
        Assert.DoesNotContain("[1]", string.Concat(await page.EvaluateAsync<string[]>("window.said")), StringComparison.Ordinal);
        await page.ReloadAsync();
        await classroom.IsConnectedAsync();
        await Expect(classroom.Button("Speak aloud")).ToHaveAttributeAsync("aria-pressed", "true");
    }

    private static string WithoutMarks(string text) => System.Text.RegularExpressions.Regex.Replace(text, @"\s*\[\d+\]", "").Trim();

    [Fact]
    public async Task An_answer_is_complete_when_all_of_it_was_said()
    {
        var page = await chromium.PageAsync();
        await page.AddInitScriptAsync(Voice);
        await Chromium.SignInAsync(page, await chromium.NewStudentAsync());
        var classroom = await Classroom.OpenAsync(page);
        await classroom.Button("Speak aloud").ClickAsync();
        await classroom.SayAsync(Classroom.Question);
        await page.WaitForFunctionAsync("() => window.said.length === 1");
        await Expect(classroom.Answers).ToHaveCountAsync(1);

        await page.EvaluateAsync("() => setInterval(() => window.now && window.end(), 50)");

        await Expect(classroom.Answers).ToHaveCountAsync(2);
        await Expect(page.Locator(".classroom-caption")).ToBeHiddenAsync();
        var said = string.Join(' ', await page.EvaluateAsync<string[]>("window.said.map(text => text.trim())"));
        Assert.Contains(said[..80], WithoutMarks(await classroom.Answers.Last.InnerTextAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Speed_is_chosen_beside_the_message_box_and_kept_on_the_device()
    {
        var page = await chromium.PageAsync();
        await page.AddInitScriptAsync(Voice);
        await Chromium.SignInAsync(page, await chromium.NewStudentAsync());
        var classroom = await Classroom.OpenAsync(page);
        await classroom.Button("Speak aloud").ClickAsync();
        await classroom.Button("Voice settings").PressAsync("Enter");
        var speed = page.GetByLabel("Speed");
        await speed.PressAsync("ArrowLeft");
        await Expect(speed).ToHaveValueAsync("0.95");
        await PageChecks.CheckAsync(page, "the settings of the voice", 1280);
        await speed.PressAsync("Escape");
        await Expect(speed).ToBeHiddenAsync();
        await Expect(classroom.Button("Voice settings")).ToBeFocusedAsync();

        await page.ReloadAsync();
        await classroom.IsConnectedAsync();
        await classroom.SayAsync(Classroom.Question);

        await page.WaitForFunctionAsync("() => window.now");
        Assert.Equal(0.95, await page.EvaluateAsync<double>("window.now.rate"), 3);
    }

    [Fact]
    public async Task The_microphones_worklet_is_served_and_passes_the_policy_of_scripts()
    {
        var page = await chromium.StudentPageAsync();
        await Classroom.OpenAsync(page);

        var inputs = await page.EvaluateAsync<int>("""
            async () => {
              const context = new AudioContext();
              await context.audioWorklet.addModule(document.querySelector("lectern-classroom").dataset.microphoneWorklet);
              return new AudioWorkletNode(context, "microphone").numberOfInputs;
            }
            """);

        Assert.Equal(1, inputs);
    }

    [Fact]
    public async Task A_browser_without_a_voice_offers_none_and_reads_on()
    {
        var page = await chromium.PageAsync();
        await page.AddInitScriptAsync("delete window.speechSynthesis;");
        await Chromium.SignInAsync(page, await chromium.NewStudentAsync());
        var classroom = await Classroom.OpenAsync(page);

        await classroom.AskAsync(Classroom.Question);

        await Expect(classroom.Button("Speak aloud")).ToHaveCountAsync(0);
        await Expect(page.Locator(".classroom-stage svg")).ToBeVisibleAsync();
    }
}
