using System.Net.WebSockets;
using System.Text.Json;
using Lectern.Tests.Fakes.Model;
using Lectern.Tests.Fakes.Speech;
using Lectern.Tests.Server.Fakes;

namespace Lectern.Tests.Server.Tutoring;

/// <summary>The spoken conversation over the wire: section 10 of docs/live-protocol.md, against a speech server and a model that are scripted.</summary>
[Collection(ProgramCollection.Name)]
public sealed class LiveSpeechTests(LecternProgram program) : IAsyncLifetime
{
    private const string Answer = "Water moves through it, one molecule after the other.";
    private static readonly object Both = new { @out = "pcm16", @in = "pcm16", inRate = 16_000, echoCancellation = true };

    private FakeSpeechServer _speech = null!; // set by InitializeAsync
    private FakeModelServer _model = null!; // set by InitializeAsync
    private LecternNode _node = null!; // set by InitializeAsync

    public async Task InitializeAsync()
    {
        _speech = await FakeSpeechServer.StartAsync();
        _model = await FakeModelServer.StartAsync();
        _node = await program.StartNodeAsync(new Dictionary<string, string>([.. Model.Settings(_model), .. Settings(_speech)]));
    }

    /// <summary>A node that speaks and hears by a speech server.</summary>
    internal static Dictionary<string, string> Settings(FakeSpeechServer speech) => new()
    {
        ["Ai:Speech:BaseUrl"] = speech.BaseUrl, ["Ai:Speech:Name"] = "fake", ["Ai:Speech:ApiKey"] = "none", ["Ai:Speech:Voice"] = "alloy",
        ["Ai:Transcription:BaseUrl"] = speech.BaseUrl, ["Ai:Transcription:Name"] = "fake", ["Ai:Transcription:ApiKey"] = "none",
    };

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        await _model.DisposeAsync();
        await _speech.DisposeAsync();
    }

    [Fact]
    public async Task Ready_tells_what_is_possible_and_audio_what_holds()
    {
        using var student = await Student.NewAsync(program, _node);
        await using var line = await EnterAsync(student, Both);
        var audio = await line.UntilAsync("audio");

        var offer = line.Frames[0].GetProperty("audio");
        Assert.Equal(24_000, offer.GetProperty("out").GetProperty("sampleRate").GetInt32());
        Assert.Equal(16_000, offer.GetProperty("in").GetProperty("sampleRate").GetInt32());
        Assert.False(offer.GetProperty("recognition").GetBoolean());
        Assert.Equal("""{"type":"audio","out":{"format":"pcm16","sampleRate":24000},"in":{"format":"pcm16","sampleRate":16000}}""", Without(audio, "seq"));
    }

    [Fact]
    public async Task An_answer_is_spoken_and_complete_when_it_was_heard()
    {
        using var student = await Student.NewAsync(program, _node);
        await using var line = await EnterAsync(student, Both);
        var player = new LivePlayer(line, 24_000);
        _model.Next(ModelScripts.Say(Answer));
        var answer = await line.AskAsync("m-1", "What does water do?");

        Assert.Equal(Answer, answer.GetProperty("text").GetString());
        var phrases = line.Frames.Where(frame => Is(frame, "phrase")).ToList();
        Assert.All(phrases, phrase => Assert.Equal(player.Utterance, phrase.GetProperty("utterance").GetUInt32()));
        var speech = line.Frames.Last(frame => Is(frame, "speech") && frame.GetProperty("index").GetInt32() == 0);
        var word = speech.GetProperty("words")[1];
        Assert.Equal("moves", phrases[0].GetProperty("text").GetString()!.Substring(word[1].GetInt32(), word[2].GetInt32()));
        var bytes = line.Sounds.Sum(sound => sound.Length - 12);
        Assert.Equal(_speech.Phrases.Sum(phrase => phrase.Input.Length) * FakePhraseCall.MillisecondsPerCharacter * 48, bytes);
        Assert.Equal(player.Places.Order(), player.Places);
    }

    [Fact]
    public async Task Mu_law_halves_the_bytes()
    {
        using var student = await Student.NewAsync(program, _node);
        await using var line = await EnterAsync(student, new { @out = "mulaw" });
        _ = new LivePlayer(line, 24_000, isMuLaw: true);
        _model.Next(ModelScripts.Say("Water moves."));
        await line.AskAsync("m-1", "What does water do?");

        Assert.Equal(_speech.Phrases.Sum(phrase => phrase.Input.Length) * FakePhraseCall.MillisecondsPerCharacter * 24, line.Sounds.Sum(sound => sound.Length - 12));
    }

    [Fact]
    public async Task A_stop_leaves_what_was_heard_on_the_screen_in_the_transcript_and_in_the_models_memory()
    {
        using var student = await Student.NewAsync(program, _node);
        var session = await student.StartAsync();
        await using var line = await LiveClient.EnterAsync(_node, session.Ticket, audio: Both);
        var player = new LivePlayer(line, 24_000);
        _model.Next(ModelScripts.Say(Answer));
        await line.SayAsync("m-1", "What does water do?");
        while (player.Places is [] or [.., < 1_500])
            await line.ReadAsync();
        await player.HearAsync(1_200);
        await line.SendAsync("stop");
        var answer = await line.UntilAsync("answer", frame => frame.GetProperty("turn").GetInt32() == 1);

        var text = answer.GetProperty("text").GetString()!;
        Assert.Equal("stopped", answer.GetProperty("outcome").GetString());
        Assert.StartsWith(text, Answer, StringComparison.Ordinal);
        Assert.InRange(text.Length, 1, Answer.Length - 10);
        Assert.Equal(text, (await student.TranscriptAsync(session.Id)).GetProperty("turns")[1].GetProperty("answer").GetProperty("text").GetString());
        _model.Next(ModelScripts.Say("Again."));
        await line.AskAsync("m-2", "And salt, what does it do?");
        var memory = string.Join('\n', _model.Calls[^1].Messages.Select(message => message.Text));
        Assert.Contains(text, memory, StringComparison.Ordinal);
        Assert.DoesNotContain(Answer[..(text.Length + 8)], memory, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_spoken_becomes_a_question()
    {
        using var student = await Student.NewAsync(program, _node);
        await using var line = await EnterAsync(student, Both);
        var player = new LivePlayer(line, 24_000);
        _speech.NextTranscription(call => call.SayAsync("What does water do?"));
        _model.Next(ModelScripts.Say("It moves."));
        var reading = line.UntilAsync("answer", frame => frame.GetProperty("turn").GetInt32() == 1);
        await player.BeQuietAsync(0.3);
        await player.SpeakAsync(0.8);
        await player.BeQuietAsync(1.4);
        await reading;

        Assert.Equal("What does water do?", line.Frames.First(frame => Is(frame, "question")).GetProperty("text").GetString());
        Assert.Equal(["speech", "words", "nothing"], line.Frames.Where(frame => Is(frame, "hearing")).Select(frame => frame.GetProperty("value").GetString()));
        var heard = _speech.Transcriptions.Single();
        Assert.InRange(heard.Samples.Length, 0.8 * 16_000, 1.5 * 16_000);
        Assert.Equal("en", heard.Language);
    }

    [Fact]
    public async Task Speech_in_another_language_is_shown_as_it_was_understood_and_the_course_is_not_made_to_answer_it()
    {
        await using var quoting = await program.StartNodeAsync(Settings(_speech));
        using var student = await Student.NewAsync(program, quoting);
        await using var line = await LiveClient.EnterAsync(quoting, (await student.StartAsync()).Ticket, audio: Both);
        var player = new LivePlayer(line, 24_000);
        _speech.NextTranscription(call => call.SayAsync("¿A qué hora sale el tren para Sevilla?"));
        var reading = line.UntilAsync("question");
        await player.BeQuietAsync(0.3);
        await player.SpeakAsync(0.8);
        await player.BeQuietAsync(1.4);
        await reading;
        await line.SendAsync(new { type = "audio" });
        var answer = await line.UntilAsync("answer");

        Assert.Equal("¿A qué hora sale el tren para Sevilla?", line.Frames.Single(frame => Is(frame, "question")).GetProperty("text").GetString());
        Assert.Equal(("completed", "none"), (answer.GetProperty("outcome").GetString(), answer.GetProperty("grounded").GetString()));
        Assert.Empty(answer.GetProperty("citations").EnumerateArray());
    }

    [Fact]
    public async Task Speaking_over_the_teacher_stops_it_and_its_memory_holds_what_was_heard()
    {
        using var student = await Student.NewAsync(program, _node);
        await using var line = await EnterAsync(student, Both);
        var player = new LivePlayer(line, 24_000);
        _model.Next(ModelScripts.Say(Answer + " " + Answer));
        _speech.NextTranscription(call => call.SayAsync("No, I meant salt and not water."));
        _model.Next(ModelScripts.Say("Salt stays."));
        await line.SayAsync("m-1", "What does water do?");
        while (player.Places is [] or [.., < 1_000])
            await line.ReadAsync();
        var reading = line.UntilAsync("answer", frame => frame.GetProperty("turn").GetInt32() == 2);
        await player.SpeakAsync(1);
        await player.BeQuietAsync(1);
        await reading;

        var first = line.Frames.First(frame => Is(frame, "answer") && frame.GetProperty("turn").GetInt32() == 1);
        Assert.Equal("stopped", first.GetProperty("outcome").GetString());
        Assert.StartsWith(first.GetProperty("text").GetString()!, Answer, StringComparison.Ordinal);
        Assert.NotNull(player.ClearedAt);
        Assert.True(Place(line, "duck") < Place(line, "clear"));
    }

    [Fact]
    public async Task An_mhm_is_no_interruption()
    {
        using var student = await Student.NewAsync(program, _node);
        await using var line = await EnterAsync(student, Both);
        var player = new LivePlayer(line, 24_000);
        _model.Next(ModelScripts.Say(Answer));
        _speech.NextTranscription(call => call.SayAsync("Mhm."));
        await line.SayAsync("m-1", "What does water do?");
        while (player.Places is [])
            await line.ReadAsync();
        var reading = line.UntilAsync("answer", frame => frame.GetProperty("turn").GetInt32() == 1);
        await player.SpeakAsync(1.2);
        await player.BeQuietAsync(1);
        var answer = await reading;

        Assert.Equal("completed", answer.GetProperty("outcome").GetString());
        Assert.Equal(Answer, answer.GetProperty("text").GetString());
        Assert.NotNull(player.ClearedAt);
        Assert.Single(line.Frames, frame => Is(frame, "question"));
    }

    [Fact]
    public async Task A_client_that_never_reports_hears_its_answer_to_the_end()
    {
        using var student = await Student.NewAsync(program, _node);
        await using var line = await EnterAsync(student, Both);
        _model.Next(ModelScripts.Say("Water moves."));

        Assert.Equal("completed", (await line.AskAsync("m-1", "What does water do?")).GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Reports_from_the_future_finish_nothing()
    {
        using var student = await Student.NewAsync(program, _node);
        await using var line = await EnterAsync(student, Both);
        _model.Next(ModelScripts.Say(Answer));
        await line.SayAsync("m-1", "What does water do?");
        await line.UntilAsync("speech");
        await line.SendAsync(new { type = "played", utterance = 1, ms = 1e12 });
        await line.SendAsync(new { type = "played", utterance = 99, ms = 5 });
        await line.SendAsync(new { type = "played", utterance = 1, ms = -5 });
        await line.SendAsync("stop");
        var answer = await line.UntilAsync("answer", frame => frame.GetProperty("turn").GetInt32() == 1);

        Assert.Equal("stopped", answer.GetProperty("outcome").GetString());
        Assert.InRange(answer.GetProperty("text").GetString()!.Length, 0, 12);
    }

    [Fact]
    public async Task A_line_that_breaks_while_the_teacher_speaks_goes_on_at_the_next_unheard_word()
    {
        using var student = await Student.NewAsync(program, _node);
        var session = await student.StartAsync();
        var line = await LiveClient.EnterAsync(_node, session.Ticket, audio: Both);
        var player = new LivePlayer(line, 24_000);
        _model.Next(ModelScripts.Say(Answer));
        await line.SayAsync("m-1", "What does water do?");
        while (player.Places is [] or [.., < 1_500])
            await line.ReadAsync();
        var seen = line.LastSeq;
        line.Break();
        await line.DisposeAsync();

        await using var again = await LiveClient.EnterAsync(_node, await student.TicketAsync(session.Id), seen, audio: Both);
        var second = new LivePlayer(again, 24_000);
        var answer = await again.UntilAsync("answer", frame => frame.GetProperty("turn").GetInt32() == 1);

        Assert.Equal((Answer, "completed"), (answer.GetProperty("text").GetString(), answer.GetProperty("outcome").GetString()));
        Assert.InRange(second.Places[0], 0, 1_500);
        // A page that was loaded anew knows none of the phrases: speech tells what it says, and where in the answer that stands.
        var told = again.Frames.First(frame => Is(frame, "speech"));
        Assert.StartsWith(told.GetProperty("text").GetString()!, Answer[told.GetProperty("place").GetInt32()..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_node_goes_on_at_the_word_that_the_client_says_it_has_not_heard()
    {
        await using var other = await program.StartNodeAsync(new Dictionary<string, string>([.. Model.Settings(_model), .. Settings(_speech)]));
        using var student = await Student.NewAsync(program, _node);
        var session = await student.StartAsync();
        await using var line = await LiveClient.EnterAsync(_node, session.Ticket, audio: Both);
        _ = new LivePlayer(line, 24_000);
        _model.Next(ModelScripts.Silence("Water moves through it, one molecule after the other. And so"));
        _model.Next(ModelScripts.Say("And on it goes."));
        await line.SayAsync("m-1", "What does water do?");
        await line.UntilAsync("phrase", phrase => phrase.GetProperty("index").GetInt32() == 1);
        var spoken = _speech.Phrases.Count;
        line.Break();

        await using var again = await LiveClient.OpenAsync(other);
        await again.SendAsync(new
        {
            type = "hello", ticket = await student.TicketAsync(session.Id), client = new { name = "test", version = "1" }, audio = Both,
            heard = new { turn = 1, characters = "Water moves through".Length },
        });
        _ = new LivePlayer(again, 24_000);
        var answer = await again.UntilAsync("answer", frame => frame.GetProperty("turn").GetInt32() == 1);

        Assert.Equal("Water moves through it, one molecule after the other. And on it goes.", answer.GetProperty("text").GetString());
        Assert.Equal("it,", _speech.Phrases[spoken].Input);
        var speech = again.Frames.Last(frame => Is(frame, "speech") && frame.GetProperty("index").GetInt32() == 0);
        Assert.Equal([0, "Water moves through ".Length, "it,".Length], speech.GetProperty("words")[0].EnumerateArray().Select(value => value.GetInt32()));
        Assert.DoesNotContain(again.Frames, frame => Is(frame, "phrase") && frame.GetProperty("index").GetInt32() < 2);
    }

    [Theory]
    [InlineData("""{"out":"opus"}""", "out")]
    [InlineData("""{"in":"pcm16","inRate":44100}""", "44100")]
    [InlineData("""{"in":"own"}""", "does not allow")]
    public async Task What_cannot_be_agreed_is_explained_and_text_goes_on(string wish, string why)
    {
        using var student = await Student.NewAsync(program, _node);
        await using var line = await EnterAsync(student, JsonDocument.Parse(wish).RootElement);
        var audio = await line.UntilAsync("audio");
        _model.Next(ModelScripts.Say("Water moves."));
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
        using var student = await Student.NewAsync(program, _node);
        await using var line = await EnterAsync(student, Both);
        for (var i = 0; i < 3; i++)
            await line.SendRawAsync(bad, WebSocketMessageType.Binary);

        Assert.Equal(4002, await line.ClosedAsync());
        Assert.Equal(["bad-audio", "bad-audio", "bad-audio"], line.Frames.Where(frame => Is(frame, "error")).Select(frame => frame.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Sound_that_is_faster_than_time_switches_the_microphone_off()
    {
        using var student = await Student.NewAsync(program, _node);
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
        using var student = await Student.NewAsync(program, _node);
        await using var line = await EnterAsync(student, Both);
        for (var i = 0; i < 81; i++)
            await line.SendAsync(new { type = "played", utterance = 1, ms = i });

        Assert.Equal(4008, await line.ClosedAsync());
    }

    [Fact]
    public async Task A_voice_that_fails_leaves_the_answer_in_writing_and_says_so()
    {
        using var student = await Student.NewAsync(program, _node);
        await using var line = await EnterAsync(student, Both);
        _speech.OtherPhrases = call => call.FailAsync(500);
        _model.Next(ModelScripts.Say(Answer));
        var answer = await line.AskAsync("m-1", "What does water do?");

        Assert.Equal((Answer, "completed"), (answer.GetProperty("text").GetString(), answer.GetProperty("outcome").GetString()));
        Assert.Contains(line.Frames, frame => Is(frame, "notice") && frame.GetProperty("code").GetString() == "voice-away");
    }

    [Fact]
    public async Task Ears_that_fail_are_told_and_typing_goes_on()
    {
        using var student = await Student.NewAsync(program, _node);
        await using var line = await EnterAsync(student, Both);
        var player = new LivePlayer(line, 24_000);
        _speech.OtherTranscriptions = call => call.FailAsync(500);
        var reading = line.UntilAsync("notice");
        await player.SpeakAsync(0.8);
        await player.BeQuietAsync(0.6);

        Assert.Equal("hearing-away", (await reading).GetProperty("code").GetString());
        _model.Next(ModelScripts.Say("Water moves."));
        await line.AskAsync("m-1", "What does water do?");
    }

    [Fact]
    public async Task A_client_without_audio_sees_nothing_of_it()
    {
        using var student = await Student.NewAsync(program, _node);
        var (_, line) = await student.TalkAsync(_node);
        await using var open = line;
        _model.Next(ModelScripts.Say(Answer));
        await line.AskAsync("m-1", "What does water do?");

        Assert.Empty(line.Sounds);
        Assert.DoesNotContain(line.Types, type => type is "audio" or "speech" or "clear" or "duck" or "hearing");
        Assert.DoesNotContain(line.Frames, frame => frame.TryGetProperty("utterance", out _));
    }

    private async Task<LiveClient> EnterAsync(Student student, object audio) => await LiveClient.EnterAsync(_node, (await student.StartAsync()).Ticket, audio: audio);

    private static bool Is(JsonElement frame, string type) => frame.GetProperty("type").GetString() == type;

    private static int Place(LiveClient line, string type) => line.Frames.FindIndex(frame => Is(frame, type));

    private static string Without(JsonElement frame, string field) => JsonSerializer.Serialize(frame.EnumerateObject().Where(property => property.Name != field).ToDictionary(property => property.Name, property => property.Value));
}
