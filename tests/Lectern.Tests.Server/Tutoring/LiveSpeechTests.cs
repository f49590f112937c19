using System.Net.WebSockets;
using System.Text.Json;
using Lectern.Tests.Fakes.Model;
using Lectern.Tests.Fakes.Speech;
using Lectern.Tests.Server.Fakes;

namespace Lectern.Tests.Server.Tutoring;

/// <summary>The spoken conversation over the wire: section 10 of docs/live-protocol.md, against a speech server and a model that are scripted.</summary>
[Collection(ProgramCollection.Name)]
public sealed class LiveSpeechTests(LecternProgram program) : SpeakingNode(program)
{
    [Fact]
    public async Task Ready_tells_what_is_possible_and_audio_what_holds()
    {
        using var student = await Student.NewAsync(Program, Node);
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
        using var student = await Student.NewAsync(Program, Node);
        await using var line = await EnterAsync(student, Both);
        var player = new LivePlayer(line, 24_000);
        Model.Next(ModelScripts.Say(Answer));
        var answer = await line.AskAsync("m-1", "What does water do?");

        Assert.Equal(Answer, answer.GetProperty("text").GetString());
        var phrases = line.Frames.Where(frame => Is(frame, "phrase")).ToList();
        Assert.All(phrases, phrase => Assert.Equal(player.Utterance, phrase.GetProperty("utterance").GetUInt32()));
        var speech = line.Frames.Last(frame => Is(frame, "speech") && frame.GetProperty("index").GetInt32() == 0);
        var word = speech.GetProperty("words")[1];
        Assert.Equal("moves", phrases[0].GetProperty("text").GetString()!.Substring(word[1].GetInt32(), word[2].GetInt32()));
        var bytes = line.Sounds.Sum(sound => sound.Length - 12);
        Assert.Equal(Speech.Phrases.Sum(phrase => phrase.Input.Length) * FakePhraseCall.MillisecondsPerCharacter * 48, bytes);
        Assert.Equal(player.Places.Order(), player.Places);
    }

    [Fact]
    public async Task Mu_law_halves_the_bytes()
    {
        using var student = await Student.NewAsync(Program, Node);
        await using var line = await EnterAsync(student, new { @out = "mulaw" });
        _ = new LivePlayer(line, 24_000, isMuLaw: true);
        Model.Next(ModelScripts.Say("Water moves."));
        await line.AskAsync("m-1", "What does water do?");

        Assert.Equal(Speech.Phrases.Sum(phrase => phrase.Input.Length) * FakePhraseCall.MillisecondsPerCharacter * 24, line.Sounds.Sum(sound => sound.Length - 12));
    }

    [Fact]
    public async Task A_stop_leaves_what_was_heard_on_the_screen_in_the_transcript_and_in_theModels_memory()
    {
        using var student = await Student.NewAsync(Program, Node);
        var session = await student.StartAsync();
        await using var line = await LiveClient.EnterAsync(Node, session.Ticket, audio: Both);
        var player = new LivePlayer(line, 24_000);
        Model.Next(ModelScripts.Say(Answer));
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
        Model.Next(ModelScripts.Say("Again."));
        await line.AskAsync("m-2", "And salt, what does it do?");
        var memory = string.Join('\n', Model.Calls[^1].Messages.Select(message => message.Text));
        Assert.Contains(text, memory, StringComparison.Ordinal);
        Assert.DoesNotContain(Answer[..(text.Length + 8)], memory, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_spoken_becomes_a_question()
    {
        using var student = await Student.NewAsync(Program, Node);
        await using var line = await EnterAsync(student, Both);
        var player = new LivePlayer(line, 24_000);
        Speech.NextTranscription(call => call.SayAsync("What does water do?"));
        Model.Next(ModelScripts.Say("It moves."));
        var reading = line.UntilAsync("answer", frame => frame.GetProperty("turn").GetInt32() == 1);
        await player.BeQuietAsync(0.3);
        await player.SpeakAsync(0.8);
        await player.BeQuietAsync(1.4);
        await reading;

        Assert.Equal("What does water do?", line.Frames.First(frame => Is(frame, "question")).GetProperty("text").GetString());
        Assert.Equal(["speech", "words", "nothing"], line.Frames.Where(frame => Is(frame, "hearing")).Select(frame => frame.GetProperty("value").GetString()));
        var heard = Speech.Transcriptions.Single();
        Assert.InRange(heard.Samples.Length, 0.8 * 16_000, 1.5 * 16_000);
        Assert.Equal("en", heard.Language);
    }

    [Fact]
    public async Task Speech_in_another_language_is_shown_as_it_was_understood_and_the_course_is_not_made_to_answer_it()
    {
        await using var quoting = await Program.StartNodeAsync(Settings(Speech));
        using var student = await Student.NewAsync(Program, quoting);
        await using var line = await LiveClient.EnterAsync(quoting, (await student.StartAsync()).Ticket, audio: Both);
        var player = new LivePlayer(line, 24_000);
        Speech.NextTranscription(call => call.SayAsync("¿A qué hora sale el tren para Sevilla?"));
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
        using var student = await Student.NewAsync(Program, Node);
        await using var line = await EnterAsync(student, Both);
        var player = new LivePlayer(line, 24_000);
        Model.Next(ModelScripts.Say(Answer + " " + Answer));
        Speech.NextTranscription(call => call.SayAsync("No, I meant salt and not water."));
        Model.Next(ModelScripts.Say("Salt stays."));
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
        using var student = await Student.NewAsync(Program, Node);
        await using var line = await EnterAsync(student, Both);
        var player = new LivePlayer(line, 24_000);
        Model.Next(ModelScripts.Say(Answer));
        Speech.NextTranscription(call => call.SayAsync("Mhm."));
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
        using var student = await Student.NewAsync(Program, Node);
        await using var line = await EnterAsync(student, Both);
        Model.Next(ModelScripts.Say("Water moves."));

        Assert.Equal("completed", (await line.AskAsync("m-1", "What does water do?")).GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Reports_from_the_future_finish_nothing()
    {
        using var student = await Student.NewAsync(Program, Node);
        await using var line = await EnterAsync(student, Both);
        Model.Next(ModelScripts.Say(Answer));
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
        using var student = await Student.NewAsync(Program, Node);
        var session = await student.StartAsync();
        var line = await LiveClient.EnterAsync(Node, session.Ticket, audio: Both);
        var player = new LivePlayer(line, 24_000);
        Model.Next(ModelScripts.Say(Answer));
        await line.SayAsync("m-1", "What does water do?");
        while (player.Places is [] or [.., < 1_500])
            await line.ReadAsync();
        var seen = line.LastSeq;
        line.Break();
        await line.DisposeAsync();

        await using var again = await LiveClient.EnterAsync(Node, await student.TicketAsync(session.Id), seen, audio: Both);
        var second = new LivePlayer(again, 24_000);
        var answer = await again.UntilAsync("answer", frame => frame.GetProperty("turn").GetInt32() == 1);

        Assert.Equal((Answer, "completed"), (answer.GetProperty("text").GetString(), answer.GetProperty("outcome").GetString()));
        Assert.InRange(second.Places[0], 0, 1_500);
        // A page that was loaded anew knows none of the phrases: speech tells what it says, and where in the answer that stands.
        var told = again.Frames.First(frame => Is(frame, "speech"));
        Assert.StartsWith(told.GetProperty("text").GetString()!, Answer[told.GetProperty("place").GetInt32()..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherNode_goes_on_at_the_word_that_the_client_says_it_has_not_heard()
    {
        await using var other = await Program.StartNodeAsync(new Dictionary<string, string>([.. Tutoring.Model.Settings(Model), .. Settings(Speech)]));
        using var student = await Student.NewAsync(Program, Node);
        var session = await student.StartAsync();
        await using var line = await LiveClient.EnterAsync(Node, session.Ticket, audio: Both);
        _ = new LivePlayer(line, 24_000);
        Model.Next(ModelScripts.Silence("Water moves through it, one molecule after the other. And so"));
        Model.Next(ModelScripts.Say("And on it goes."));
        await line.SayAsync("m-1", "What does water do?");
        await line.UntilAsync("phrase", phrase => phrase.GetProperty("index").GetInt32() == 1);
        var spoken = Speech.Phrases.Count;
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
        Assert.Equal("it,", Speech.Phrases[spoken].Input);
        var speech = again.Frames.Last(frame => Is(frame, "speech") && frame.GetProperty("index").GetInt32() == 0);
        Assert.Equal([0, "Water moves through ".Length, "it,".Length], speech.GetProperty("words")[0].EnumerateArray().Select(value => value.GetInt32()));
        Assert.DoesNotContain(again.Frames, frame => Is(frame, "phrase") && frame.GetProperty("index").GetInt32() < 2);
    }
}
