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
        window.end = () => window.now.dispatchEvent(new Event("end"));
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
        await classroom.AskAsync(Classroom.Question);

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
        Assert.DoesNotContain("[1]", string.Concat(await page.EvaluateAsync<string[]>("window.said")), StringComparison.Ordinal);
        await page.ReloadAsync();
        await classroom.IsConnectedAsync();
        await Expect(classroom.Button("Speak aloud")).ToHaveAttributeAsync("aria-pressed", "true");
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
