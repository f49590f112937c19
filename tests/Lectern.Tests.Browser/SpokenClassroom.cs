using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Lectern.Tests.Browser;

/// <summary>The classroom with its voice and its microphone.</summary>
internal sealed class SpokenClassroom(Classroom classroom)
{
    public Classroom Written => classroom;

    public IPage Page => classroom.Page;

    public ILocator Caption => Page.Locator(".classroom-caption");

    public ILocator Hearing => Page.Locator(".classroom-hearing");

    public ILocator Trouble => Page.Locator(".classroom-trouble");

    public ILocator Banner => Page.Locator(".classroom-banner");

    /// <summary>What the student asked; the greeting answers nothing.</summary>
    public ILocator Questions => Page.Locator(".classroom-question:not([hidden])");

    public ILocator Stopped => Page.Locator(".classroom-turn[data-outcome=stopped]");

    public ILocator Microphone => classroom.Button("Microphone");

    public ILocator SpeakAloud => classroom.Button("Speak aloud");

    public Task ListenAsync() => SpeakAloud.ClickAsync();

    public async Task OpenMicrophoneAsync()
    {
        await Microphone.ClickAsync();
        await Expect(Hearing).ToHaveTextAsync("The microphone is on.");
    }

    public async Task HoldToTalkAsync()
    {
        await classroom.Button("Voice settings").ClickAsync();
        await Page.GetByRole(AriaRole.Radio, new() { Name = "Hold to talk" }).CheckAsync();
        await classroom.Button("Voice settings").ClickAsync();
    }

    /// <summary>Waits until so much of the answer has been heard.</summary>
    public async Task HearAsync(int milliseconds) =>
        await Page.WaitForFunctionAsync("ms => document.querySelector('lectern-classroom').probe?.audioMs >= ms", milliseconds);

    /// <summary>The identifier of the session, from the address.</summary>
    public string Session => new Uri(Page.Url).Segments[^1];

    /// <summary>The text of an answer as it was heard, with its marks.</summary>
    public static async Task<string> TextAsync(ILocator turn) => (await turn.Locator(".classroom-answer-text").InnerTextAsync()).Trim();
}
