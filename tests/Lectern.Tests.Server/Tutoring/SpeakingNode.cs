using System.Net.WebSockets;
using System.Text.Json;
using Lectern.Tests.Fakes.Model;
using Lectern.Tests.Fakes.Speech;
using Lectern.Tests.Server.Fakes;

namespace Lectern.Tests.Server.Tutoring;

/// <summary>A node of its own that speaks and hears by a scripted speech server, and asks a scripted model.</summary>
public abstract class SpeakingNode(LecternProgram program) : IAsyncLifetime
{
    protected const string Answer = "Water moves through it, one molecule after the other.";
    protected static readonly object Both = new { @out = "pcm16", @in = "pcm16", inRate = 16_000, echoCancellation = true };

    protected LecternProgram Program { get; } = program;

    protected FakeSpeechServer Speech { get; private set; } = null!; // set by InitializeAsync
    protected FakeModelServer Model { get; private set; } = null!; // set by InitializeAsync
    protected LecternNode Node { get; private set; } = null!; // set by InitializeAsync

    public async Task InitializeAsync()
    {
        Speech = await FakeSpeechServer.StartAsync();
        Model = await FakeModelServer.StartAsync();
        Node = await Program.StartNodeAsync(new Dictionary<string, string>([.. Tutoring.Model.Settings(Model), .. Settings(Speech)]));
    }

    /// <summary>A node that speaks and hears by a speech server.</summary>
    internal static Dictionary<string, string> Settings(FakeSpeechServer speech) => new()
    {
        ["Ai:Speech:BaseUrl"] = speech.BaseUrl, ["Ai:Speech:Name"] = "fake", ["Ai:Speech:ApiKey"] = "none", ["Ai:Speech:Voice"] = "alloy",
        ["Ai:Transcription:BaseUrl"] = speech.BaseUrl, ["Ai:Transcription:Name"] = "fake", ["Ai:Transcription:ApiKey"] = "none",
    };

    public async Task DisposeAsync()
    {
        await Node.DisposeAsync();
        await Model.DisposeAsync();
        await Speech.DisposeAsync();
    }

    private protected async Task<LiveClient> EnterAsync(Student student, object audio) => await LiveClient.EnterAsync(Node, (await student.StartAsync()).Ticket, audio: audio);

    protected static bool Is(JsonElement frame, string type) => frame.GetProperty("type").GetString() == type;

    private protected static int Place(LiveClient line, string type) => line.Frames.FindIndex(frame => Is(frame, type));

    protected static string Without(JsonElement frame, string field) => JsonSerializer.Serialize(frame.EnumerateObject().Where(property => property.Name != field).ToDictionary(property => property.Name, property => property.Value));
}
