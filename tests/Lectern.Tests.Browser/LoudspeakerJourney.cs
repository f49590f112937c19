using Lectern.Tests.Fakes.Model;
using Lectern.Tests.Fakes.Speech;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Lectern.Tests.Browser;

/// <summary>The school's voice in the browser: switched, slowed, turned down, and gone on with after the page was loaded again.</summary>
[Collection(SpokenChromiumCollection.Name)]
public sealed class LoudspeakerJourney(SpokenChromium chromium)
{
    private const string Answer = "An enzyme lowers the activation energy of a reaction [1]. It holds the substrate in its active site. Then the product leaves.";

    [Fact]
    public async Task An_answer_switched_off_in_the_middle_goes_on_in_writing_and_the_next_is_spoken_again()
    {
        await using var school = await chromium.SchoolAsync(VoiceOfTest.Tone);
        var classroom = await school.EnterAsync();
        var page = classroom.Page;
        await classroom.ListenAsync();
        school.Model.Next(ModelScripts.Say(Answer));
        await classroom.Written.SayAsync(Classroom.Question);
        await page.IsLoudAsync();
        await classroom.SpeakAloud.ClickAsync();

        await page.IsSilentAsync();
        await Expect(classroom.Caption).ToBeHiddenAsync();
        await classroom.Written.Answers.Nth(1).WaitForAsync();
        Assert.Equal(Answer, await SpokenClassroom.TextAsync(classroom.Written.Answers.Nth(1)));
        await classroom.SpeakAloud.ClickAsync();
        school.Model.Next(ModelScripts.Say("It is not used up."));
        await classroom.Written.SayAsync("And the enzyme?");
        await page.IsLoudAsync();
        await classroom.Written.Answers.Nth(2).WaitForAsync();
    }

    [Fact]
    public async Task An_answer_switched_on_in_the_middle_is_spoken_from_there()
    {
        await using var school = await chromium.SchoolAsync(VoiceOfTest.Tone);
        var classroom = await school.EnterAsync();
        var more = new TaskCompletionSource();
        school.Model.Next(async call =>
        {
            await call.SayAsync("An enzyme lowers the hill. It is ");
            await call.WaitAsync(more.Task);
            await call.SayAsync("not used up.");
            await call.FinishAsync();
            await call.EndAsync();
        });
        await classroom.Written.SayAsync(Classroom.Question);
        await Expect(classroom.Page.Locator(".classroom-turn[data-outcome=running]")).ToContainTextAsync("lowers the hill");
        await classroom.ListenAsync();
        more.SetResult();

        await classroom.Page.IsLoudAsync();
        await classroom.Written.Answers.Nth(1).WaitForAsync();
        Assert.Equal("It is not used up.", Assert.Single(school.Speech.Phrases).Input.Trim());
    }

    [Fact]
    public async Task Speed_and_volume_hold_while_the_teacher_speaks()
    {
        await using var school = await chromium.SchoolAsync(VoiceOfTest.Tone);
        var classroom = await school.EnterAsync();
        var page = classroom.Page;
        await classroom.ListenAsync();
        await classroom.Written.Button("Voice settings").ClickAsync();
        await page.GetByLabel("Speed").FillAsync("1.5");
        await page.GetByLabel("Speed").DispatchEventAsync("change");
        school.Model.Next(ModelScripts.Say(Answer));
        await classroom.Written.SayAsync(Classroom.Question);
        await page.IsLoudAsync();
        await page.GetByLabel("Volume").FillAsync("0");

        await page.IsSilentAsync();
        Assert.True(await page.EvaluateAsync<bool>("() => document.querySelector('lectern-classroom').probe.isPlaying"));
        await page.GetByLabel("Volume").FillAsync("0.5");
        await page.IsLoudAsync();
        var peak = await page.EvaluateAsync<double>("() => new Promise(done => setTimeout(() => done(window.loudspeaker.peak()), 100))");
        Assert.InRange(peak, 0.1, 0.13); // half of the fake voice's quarter
        Assert.All(school.Speech.Phrases, phrase => Assert.Equal(1.5, phrase.Speed));
    }

    [Fact]
    public async Task A_page_loaded_again_in_the_middle_of_an_answer_hears_the_rest()
    {
        await using var school = await chromium.SchoolAsync(VoiceOfTest.Tone);
        var classroom = await school.EnterAsync();
        var page = classroom.Page;
        await classroom.ListenAsync();
        school.Model.Next(ModelScripts.Say(Answer));
        await classroom.Written.SayAsync(Classroom.Question);
        await classroom.HearAsync(2_000);
        await page.ReloadAsync();

        await page.IsLoudAsync();
        Assert.InRange(await page.EvaluateAsync<double>("() => document.querySelector('lectern-classroom').probe.audioMs"), 1_000, 3_500);
        await Expect(classroom.Caption).ToBeVisibleAsync();
        await classroom.Written.Answers.Nth(1).WaitForAsync(new() { Timeout = 20_000 });
        Assert.Equal(Answer, await SpokenClassroom.TextAsync(classroom.Written.Answers.Nth(1)));
    }

    [Fact]
    public async Task A_browser_that_holds_sound_back_asks_for_a_press()
    {
        await using var school = await chromium.SchoolAsync(VoiceOfTest.Tone);
        // Chromium without a screen holds nothing back by itself.
        var classroom = await school.EnterAsync(scripts: "window.AudioContext = class extends AudioContext { constructor(options) { super(options); void this.suspend(); } };");
        await classroom.ListenAsync();
        await classroom.Page.ReloadAsync();
        var unlock = classroom.Written.Button("Tap to hear the teacher");
        await unlock.ClickAsync();

        await Expect(unlock).ToBeHiddenAsync();
        await classroom.Written.SayAsync(Classroom.Question);
        await classroom.Page.IsLoudAsync();
    }

    [Fact]
    public async Task A_voice_that_fails_leaves_the_answer_in_writing_and_says_so()
    {
        await using var school = await chromium.SchoolAsync(VoiceOfTest.Tone);
        school.Speech.OtherPhrases = call => call.FailAsync(500);
        var classroom = await school.EnterAsync();
        await classroom.ListenAsync();
        await classroom.Written.AskAsync(Classroom.Question);

        await Expect(classroom.Banner).ToContainTextAsync("The voice is away just now.");
    }

    /// <summary>Scheme, width, language.</summary>
    public static TheoryData<string, int, string> Looks => new() { { "light", 390, "en" }, { "dark", 390, "qps-plocm" }, { "dark", 1280, "en" } };

    [Theory, MemberData(nameof(Looks))]
    public async Task A_spoken_conversation_is_accessible_and_fits_in_all_its_states(string scheme, int width, string language)
    {
        await using var school = await chromium.SchoolAsync(VoiceOfTest.Tone);
        var heard = new TaskCompletionSource();
        school.Speech.NextTranscription(async call =>
        {
            await call.WaitAsync(heard.Task);
            await call.SayAsync(Classroom.Question);
        });
        school.Model.Next(ModelScripts.Say(Answer + " " + Answer));
        var options = new BrowserNewContextOptions { ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light, ViewportSize = new() { Width = width, Height = 760 } };
        var page = await school.PageAsync(options: options);
        await page.AddInitScriptAsync(FakeMicrophone.Script);
        await Chromium.SignInAsync(page, await school.NewStudentAsync());
        await page.GotoAsync($"/?lang={language}");
        await Classroom.OpenAsync(page);
        var at = $"{scheme} {width} {language}";
        var buttons = page.Locator(".classroom-icon-button:visible");
        await buttons.Nth(0).ClickAsync();
        await buttons.Nth(1).ClickAsync();
        await Expect(buttons.Nth(1)).ToHaveAttributeAsync("data-hearing", "nothing");
        await PageChecks.CheckAsync(page, $"listening {at}", width);
        await page.SayAsync(800);
        await Expect(buttons.Nth(1)).ToHaveAttributeAsync("data-hearing", "words");
        await PageChecks.CheckAsync(page, $"hearing {at}", width);
        heard.SetResult();
        await page.IsLoudAsync();
        await PageChecks.CheckAsync(page, $"speaking {at}", width);
        await Expect(page.Locator(".classroom-caption")).ToBeInViewportAsync(new() { Ratio = 1 });
        await buttons.Nth(2).ClickAsync();
        await PageChecks.CheckAsync(page, $"settings {at}", width);
    }
}
