using Lectern.Tests.Fakes.Model;
using Lectern.Tests.Server.Fakes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Lectern.Tests.Browser;

/// <summary>The same classroom with a language model that is slow to speak: the answer is read while it comes, and can be stopped.</summary>
[Collection(ChromiumCollection.Name)]
public sealed class StoppingJourney(Chromium chromium) : IAsyncLifetime
{
    private readonly LecternProgram _program = new();
    private FakeModelServer? _model;

    private FakeModelServer Model => _model!; // set by InitializeAsync

    public async Task InitializeAsync()
    {
        _model = await FakeModelServer.StartAsync();
        _program.Settings["Ai:Model:BaseUrl"] = _model.BaseUrl;
        _program.Settings["Ai:Model:Name"] = "slow-1";
        await _program.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _program.DisposeAsync();
        await Model.DisposeAsync();
    }

    [Fact]
    public async Task An_answer_is_read_while_it_comes_and_stops_when_it_is_told_to()
    {
        var page = await chromium.PageAsync(new BrowserNewContextOptions { BaseURL = $"http://demo.localhost:{_program.Address.Port}" });
        await Chromium.SignInAsync(page);
        var classroom = await Classroom.OpenAsync(page);
        var call = Model.Next(ModelScripts.Silence("An enzyme lowers the hill. ", "It is not used up. ", "The rest is"));

        await classroom.Box.FillAsync(Classroom.Question);
        await classroom.Box.PressAsync("Enter");
        await Expect(page.Locator(".classroom-turn[data-outcome=running]")).ToContainTextAsync("An enzyme lowers the hill.");
        await classroom.Button("Stop").ClickAsync();

        await Expect(page.Locator(".classroom-turn[data-outcome=stopped]")).ToContainTextAsync("Stopped here.");
        await call.Gone;
        await classroom.EndAsync();
    }
}
