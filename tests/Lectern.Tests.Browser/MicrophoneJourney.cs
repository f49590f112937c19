using Lectern.Tests.Fakes.Model;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Lectern.Tests.Browser;

/// <summary>The student's voice: held or refused, understood or not, and heard by whom.</summary>
[Collection(SpokenChromiumCollection.Name)]
public sealed class MicrophoneJourney(SpokenChromium chromium)
{
    /// <summary>A recogniser that understands what the test tells it.</summary>
    private const string Recogniser = """
        window.SpeechRecognition = window.webkitSpeechRecognition = class extends EventTarget {
          start() { window.recogniser = this; setTimeout(() => this.dispatchEvent(new Event("start"))); }
          stop() { setTimeout(() => this.dispatchEvent(new Event("end"))); }
          abort() { this.stop(); }
        };
        window.understand = (transcript, isFinal) =>
          window.recogniser.dispatchEvent(Object.assign(new Event("result"), { resultIndex: 0, results: [Object.assign([{ transcript }], { isFinal })] }));
        """;

    [Fact]
    public async Task Held_with_the_keyboard_the_button_hears_what_is_said_until_it_is_let_go()
    {
        await using var school = await chromium.SchoolAsync(VoiceOfTest.Tone);
        var classroom = await school.EnterAsync(scripts: FakeMicrophone.Script);
        var page = classroom.Page;
        await classroom.HoldToTalkAsync();
        var hold = classroom.Written.Button("Hold to talk");
        school.Speech.NextTranscription(call => call.SayAsync(Classroom.Question));
        await hold.FocusAsync();
        await page.Keyboard.DownAsync("Space");
        await Expect(classroom.Hearing).ToHaveTextAsync("You are heard.");
        await Expect(hold).ToHaveAttributeAsync("aria-pressed", "true");
        await page.SayAsync(600);
        // A pause that would end a turn where nothing is held.
        await page.WaitForTimeoutAsync(1_500);
        await page.SayAsync(600);
        Assert.Empty(school.Speech.Transcriptions);
        await page.Keyboard.UpAsync("Space");

        await Expect(classroom.Questions.First).ToContainTextAsync(Classroom.Question);
        await classroom.Written.Answers.Nth(1).WaitForAsync();
        Assert.InRange(Assert.Single(school.Speech.Transcriptions).Samples.Length / 16_000.0, 2, 4);
        await Expect(hold).ToHaveAttributeAsync("aria-pressed", "false");
    }

    [Fact]
    public async Task An_mhm_makes_the_teacher_softer_and_stops_nothing()
    {
        const string Answer = "An enzyme lowers the activation energy of a reaction. It holds the substrate in its active site.";
        await using var school = await chromium.SchoolAsync(VoiceOfTest.Tone);
        var classroom = await school.EnterAsync(scripts: FakeMicrophone.Script);
        var page = classroom.Page;
        await classroom.ListenAsync();
        await classroom.OpenMicrophoneAsync();
        school.Model.Next(ModelScripts.Say(Answer));
        school.Speech.NextTranscription(call => call.SayAsync("Mhm."));
        await classroom.Written.SayAsync(Classroom.Question);
        await classroom.HearAsync(1_500);
        await page.WatchAsync(everyMs: 10);
        await page.SayAsync(300);

        await classroom.Written.Answers.Nth(1).WaitForAsync();
        Assert.Equal(Answer, await SpokenClassroom.TextAsync(classroom.Written.Answers.Nth(1)));
        await Expect(classroom.Questions).ToHaveCountAsync(1);
        var peaks = (await page.SeenAsync()).Where(one => one.IsPlaying).Select(one => one.Peak).ToList();
        Assert.Contains(peaks, peak => peak is > 0.05 and < 0.07); // a quarter of the fake voice's quarter
        Assert.InRange(peaks.Max(), 0.23, 0.26);
    }

    [Fact]
    public async Task A_microphone_that_is_refused_is_said_and_writing_goes_on()
    {
        await using var school = await chromium.SchoolAsync(VoiceOfTest.Tone);
        var classroom = await school.EnterAsync(mayListen: false);
        await classroom.Microphone.ClickAsync();

        await Expect(classroom.Trouble).ToContainTextAsync("The microphone is not allowed here.");
        await Expect(classroom.Microphone).ToHaveAttributeAsync("aria-pressed", "false");
        await PageChecks.CheckAsync(classroom.Page, "a microphone that is refused", 1280);
        await classroom.Written.AskAsync(Classroom.Question);
    }

    [Fact]
    public async Task A_microphone_that_is_unplugged_is_said_and_can_be_opened_again()
    {
        await using var school = await chromium.SchoolAsync(VoiceOfTest.Tone);
        var classroom = await school.EnterAsync(scripts: FakeMicrophone.Script);
        await classroom.OpenMicrophoneAsync();
        await classroom.Page.EvaluateAsync("() => window.student.track.dispatchEvent(new Event('ended'))");
        await Expect(classroom.Trouble).ToContainTextAsync("The microphone is gone.");

        await classroom.OpenMicrophoneAsync();

        await Expect(classroom.Trouble).ToBeEmptyAsync();
    }

    [Fact]
    public async Task Ears_that_fail_are_said_and_writing_goes_on()
    {
        await using var school = await chromium.SchoolAsync(VoiceOfTest.Tone);
        school.Speech.OtherTranscriptions = call => call.FailAsync(500);
        var classroom = await school.EnterAsync(scripts: FakeMicrophone.Script);
        await classroom.OpenMicrophoneAsync();
        await classroom.Page.SayAsync(1_200);

        await Expect(classroom.Banner).ToContainTextAsync("Speech cannot be written down just now.");
        await Expect(classroom.Questions).ToHaveCountAsync(0);
        await classroom.Written.AskAsync(Classroom.Question);
    }

    [Fact]
    public async Task What_is_not_understood_is_said_and_asked_for_again()
    {
        await using var school = await chromium.SchoolAsync(VoiceOfTest.Tone);
        school.Speech.OtherTranscriptions = call => call.SayAsync("");
        var classroom = await school.EnterAsync(scripts: FakeMicrophone.Script);
        await classroom.OpenMicrophoneAsync();
        await classroom.Page.SayAsync(1_500);

        await Expect(classroom.Banner).ToContainTextAsync("I did not understand that.");
        await Expect(classroom.Hearing).ToHaveTextAsync("The microphone is on.");
    }

    [Fact]
    public async Task The_browsers_own_recognition_works_where_the_school_allows_it_and_its_maker_is_named()
    {
        await using var school = await chromium.SchoolAsync(VoiceOfTest.None, hasEars: false);
        var before = await school.EnterAsync(scripts: Recogniser);
        await Expect(before.Written.Button("Speak aloud")).ToBeVisibleAsync();
        await Expect(before.Microphone).ToBeHiddenAsync();
        await AllowAsync(school, isAllowed: true);
        var classroom = await school.EnterAsync(scripts: Recogniser);
        await classroom.OpenMicrophoneAsync();
        await Expect(classroom.Page.GetByText("its maker hears what you say")).ToBeVisibleAsync();
        await classroom.Page.EvaluateAsync("() => window.understand('What does an', false)");
        await Expect(classroom.Hearing).ToHaveTextAsync("You are heard.");
        await classroom.Page.EvaluateAsync("text => window.understand(text, true)", Classroom.Question);

        await Expect(classroom.Questions.First).ToContainTextAsync(Classroom.Question);
        await classroom.Written.Answers.Nth(1).WaitForAsync();
        await Expect(classroom.Hearing).ToHaveTextAsync("The microphone is on.");
        await AllowAsync(school, isAllowed: false);
    }

    private static async Task AllowAsync(SpokenSchool school, bool isAllowed)
    {
        var page = await school.PageAsync();
        await Chromium.SignInAsync(page, "admin@demo.test");
        await page.GotoAsync("/admin/conversations");
        await page.GetByLabel("Browsers may recognise speech by themselves").SetCheckedAsync(isAllowed);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).First.ClickAsync();
        await Expect(page.GetByText("Saved").First).ToBeVisibleAsync();
    }
}
