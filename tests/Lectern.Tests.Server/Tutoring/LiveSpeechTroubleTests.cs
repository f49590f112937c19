using System.Net.WebSockets;
using System.Text.Json;
using Lectern.Tests.Fakes.Model;
using Lectern.Tests.Fakes.Speech;
using Lectern.Tests.Server.Fakes;

namespace Lectern.Tests.Server.Tutoring;

/// <summary>What goes wrong with speech on the wire: each row of the table at the end of section 10 of docs/live-protocol.md.</summary>
[Collection(ProgramCollection.Name)]
public sealed class LiveSpeechTroubleTests(LecternProgram program) : SpeakingNode(program)
{
    [Theory]
    [InlineData("""{"out":"opus"}""", "out")]
    [InlineData("""{"in":"pcm16","inRate":44100}""", "44100")]
    [InlineData("""{"in":"own"}""", "does not allow")]
    public async Task What_cannot_be_agreed_is_explained_and_text_goes_on(string wish, string why)
    {
        using var student = await Student.NewAsync(Program, Node);
        await using var line = await EnterAsync(student, JsonDocument.Parse(wish).RootElement);
        var audio = await line.UntilAsync("audio");
        Model.Next(ModelScripts.Say("Water moves."));
        await line.AskAsync("m-1", "What does water do?");

        Assert.Equal("""{"type":"audio","out":null,"in":null}""", Without(audio, "seq"));
        var error = line.Frames.Single(frame => Is(frame, "error"));
        Assert.Equal("audio-format", error.GetProperty("code").GetString());
        Assert.Contains(why, error.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { 2 })]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData(new byte[] { 2, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3 })]
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 1, 2 })]
    public async Task The_third_bad_binary_frame_is_fatal(byte[] bad)
    {
        using var student = await Student.NewAsync(Program, Node);
        await using var line = await EnterAsync(student, Both);
        for (var i = 0; i < 3; i++)
            await line.SendRawAsync(bad, WebSocketMessageType.Binary);

        Assert.Equal(4002, await line.ClosedAsync());
        Assert.Equal(["bad-audio", "bad-audio", "bad-audio"], line.Frames.Where(frame => Is(frame, "error")).Select(frame => frame.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Sound_that_is_faster_than_time_switches_the_microphone_off()
    {
        using var student = await Student.NewAsync(Program, Node);
        await using var line = await EnterAsync(student, Both);
        await line.UntilAsync("audio");
        var frame = new byte[8 + 6_400];
        frame[0] = 2;
        for (uint i = 0; i < 40; i++)
        {
            BitConverter.TryWriteBytes(frame.AsSpan(4), i * 3_200);
            await line.SendRawAsync(frame, WebSocketMessageType.Binary);
        }
        var audio = await line.UntilAsync("audio");

        Assert.Equal("audio-too-fast", line.Frames.Single(sent => Is(sent, "error")).GetProperty("code").GetString());
        Assert.Equal(JsonValueKind.Null, audio.GetProperty("in").ValueKind);
        Assert.NotEqual(JsonValueKind.Null, audio.GetProperty("out").ValueKind);
    }

    [Fact]
    public async Task Too_many_reports_are_a_flood()
    {
        using var student = await Student.NewAsync(Program, Node);
        await using var line = await EnterAsync(student, Both);
        for (var i = 0; i < 81; i++)
            await line.SendAsync(new { type = "played", utterance = 1, ms = i });

        Assert.Equal(4008, await line.ClosedAsync());
    }

    [Fact]
    public async Task A_voice_that_fails_leaves_the_answer_in_writing_and_says_so()
    {
        using var student = await Student.NewAsync(Program, Node);
        await using var line = await EnterAsync(student, Both);
        Speech.OtherPhrases = call => call.FailAsync(500);
        Model.Next(ModelScripts.Say(Answer));
        var answer = await line.AskAsync("m-1", "What does water do?");

        Assert.Equal((Answer, "completed"), (answer.GetProperty("text").GetString(), answer.GetProperty("outcome").GetString()));
        Assert.Contains(line.Frames, frame => Is(frame, "notice") && frame.GetProperty("code").GetString() == "voice-away");
    }

    [Fact]
    public async Task Ears_that_fail_are_told_and_typing_goes_on()
    {
        using var student = await Student.NewAsync(Program, Node);
        await using var line = await EnterAsync(student, Both);
        var player = new LivePlayer(line, 24_000);
        Speech.OtherTranscriptions = call => call.FailAsync(500);
        var reading = line.UntilAsync("notice");
        await player.SpeakAsync(0.8);
        await player.BeQuietAsync(0.6);

        Assert.Equal("hearing-away", (await reading).GetProperty("code").GetString());
        Model.Next(ModelScripts.Say("Water moves."));
        await line.AskAsync("m-1", "What does water do?");
    }

    [Fact]
    public async Task A_client_without_audio_sees_nothing_of_it()
    {
        using var student = await Student.NewAsync(Program, Node);
        var (_, line) = await student.TalkAsync(Node);
        await using var open = line;
        Model.Next(ModelScripts.Say(Answer));
        await line.AskAsync("m-1", "What does water do?");

        Assert.Empty(line.Sounds);
        Assert.DoesNotContain(line.Types, type => type is "audio" or "speech" or "clear" or "duck" or "hearing");
        Assert.DoesNotContain(line.Frames, frame => frame.TryGetProperty("utterance", out _));
    }
}
