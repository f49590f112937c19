using Lectern.Tests.Fakes.Model;
using Lectern.Tests.Fakes.Speech;
using Lectern.Tests.Server.Fakes;
using Microsoft.Playwright;

namespace Lectern.Tests.Browser;

/// <summary>Who speaks in a school.</summary>
internal enum VoiceOfTest
{
    /// <summary>Nobody: the browser does, if it can.</summary>
    None,

    /// <summary>The fake speech server: a tone as long as the text, without times of words.</summary>
    Tone,

    /// <summary>espeak-ng on this machine, with times of words and visemes.</summary>
    Espeak,
}

/// <summary>A Chromium with a fake microphone, and one database for schools that speak and hear.</summary>
public sealed class SpokenChromium : IAsyncLifetime
{
    // The fake device beeps unless it is given a file; what a test says comes from its own source (see FakeMicrophone).
    private static readonly string[] Flags = ["--use-fake-device-for-media-stream", "--autoplay-policy=no-user-gesture-required"];

    private readonly LecternProgram _program = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        await _program.InitializeAsync();
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright, Flags);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        await _program.DisposeAsync();
    }

    internal async Task<SpokenSchool> SchoolAsync(VoiceOfTest voice, bool hasEars = true)
    {
        var model = await FakeModelServer.StartAsync();
        var speech = await FakeSpeechServer.StartAsync();
        var settings = new Dictionary<string, string> { ["Ai:Model:BaseUrl"] = model.BaseUrl, ["Ai:Model:Name"] = "fake", ["Ai:Model:ApiKey"] = "none" };
        foreach (var (name, value) in voice switch
        {
            VoiceOfTest.Tone => [("BaseUrl", speech.BaseUrl), ("Name", "fake"), ("ApiKey", "none"), ("Voice", "alloy")],
            VoiceOfTest.Espeak => [("Engine", "Espeak"), ("Helper", EspeakOnThisMachine.Helper)],
            _ => (IReadOnlyList<(string, string)>)[("Engine", "None")],
        })
            settings[$"Ai:Speech:{name}"] = value;
        if (hasEars)
            (settings["Ai:Transcription:BaseUrl"], settings["Ai:Transcription:Name"], settings["Ai:Transcription:ApiKey"]) = (speech.BaseUrl, "fake", "none");
        return new SpokenSchool(this, _program, await _program.StartNodeAsync(settings), model, speech);
    }

    /// <summary>A browser of its own, whose microphone plays this file once, from when it is opened.</summary>
    internal Task<IBrowser> HearingAsync(string wav) =>
        Chromium.LaunchAsync(_playwright!, [.. Flags, "--use-fake-ui-for-media-stream", $"--use-file-for-fake-audio-capture={wav}%noloop"]); // set by InitializeAsync

    internal IBrowser Browser => _browser!; // set by InitializeAsync
}

/// <summary>One node of the program, the model and the voices it is connected to, and its students.</summary>
internal sealed class SpokenSchool(SpokenChromium chromium, LecternProgram program, LecternNode node, FakeModelServer model, FakeSpeechServer speech) : IAsyncDisposable
{
    private readonly List<IBrowserContext> _contexts = [];

    public FakeModelServer Model => model;

    public FakeSpeechServer Speech => speech;

    /// <summary>A page that nobody is signed in on, with what tests need to look at speech.</summary>
    public async Task<IPage> PageAsync(bool mayListen = true, BrowserNewContextOptions? options = null, IBrowser? browser = null)
    {
        options ??= new BrowserNewContextOptions();
        if (mayListen)
            options.Permissions = ["microphone"];
        var page = await Chromium.PageAsync(browser ?? chromium.Browser, node.Address.Port, options);
        _contexts.Add(page.Context);
        await page.AddInitScriptAsync(Loudspeaker.Script);
        return page;
    }

    /// <summary>The open classroom of a new student.</summary>
    /// <param name="scripts">What stands in for parts of the browser, such as <see cref="FakeMicrophone.Script"/>.</param>
    public async Task<SpokenClassroom> EnterAsync(bool mayListen = true, BrowserNewContextOptions? options = null, IBrowser? browser = null, params string[] scripts)
    {
        var page = await PageAsync(mayListen, options, browser);
        foreach (var script in scripts)
            await page.AddInitScriptAsync(script);
        await Chromium.SignInAsync(page, await NewStudentAsync());
        return new SpokenClassroom(await Classroom.OpenAsync(page));
    }

    public Task<string> NewStudentAsync() => program.AddPersonAsync("Nadia Newcomer");

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
            await context.CloseAsync();
        await node.DisposeAsync();
        await model.DisposeAsync();
        await speech.DisposeAsync();
    }
}

// Sound passes in real time, so nothing else runs meanwhile.
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class SpokenChromiumCollection : ICollectionFixture<SpokenChromium>
{
    public const string Name = "spoken chromium";
}
