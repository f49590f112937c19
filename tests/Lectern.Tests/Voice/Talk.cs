using Lectern.Tests.Fakes;
using Lectern.Voice;
using Lectern.Tests.Voice.Aloud;
using Lectern.Voice.Journal;
using Lectern.Voice.Speech;
using Lectern.Voice.Turns;

namespace Lectern.Tests.Voice;

/// <summary>A running conversation in a test: on virtual time, with a scripted responder and journal.</summary>
public sealed class Talk
{
    private readonly CancellationTokenSource _host = new();

    private Talk(ConversationOptions options, IReadOnlyList<Turn> history, bool reads, Action<Talk>? prepare, bool isAloud, UnfinishedAnswer? unfinished = null)
    {
        Voice = new ScriptedVoice(Time);
        Ears = new ScriptedEars(Time);
        Player = new OraclePlayer(this);
        Responder = new ScriptedResponder(Time);
        Journal = new ScriptedJournal(Time, Log);
        prepare?.Invoke(this);
        Conversation = new Conversation(Responder, Journal, options, Time, history, isAloud ? new Senses(Voice, Ears, tex => $"formula {tex.Length}") : null, unfinished);
        End = Conversation.RunAsync(_host.Token);
        Reading = reads ? ReadAllAsync() : Task.CompletedTask;
    }

    public VirtualTime Time { get; } = new();

    public ScriptedResponder Responder { get; }

    public ScriptedJournal Journal { get; }

    /// <summary>What it speaks with, if it is aloud.</summary>
    public ScriptedVoice Voice { get; }

    public ScriptedEars Ears { get; }

    /// <summary>The listener's player, which knows what was heard better than anybody.</summary>
    public OraclePlayer Player { get; }

    public Conversation Conversation { get; }

    public Task<ConversationEnd> End { get; }

    public Task Reading { get; }

    public List<ConversationOutput> Outputs { get; } = [];

    /// <summary>Outputs and stored entries as they came.</summary>
    public List<object> Log { get; } = [];

    public static void Run(Func<Talk, Task> test, ConversationOptions? options = null, IReadOnlyList<Turn>? history = null, bool reads = true, Action<Talk>? prepare = null, UnfinishedAnswer? unfinished = null) =>
        VirtualLoop.Run(async () =>
        {
            var talk = new Talk(options ?? new ConversationOptions(), history ?? [], reads, prepare, isAloud: unfinished is not null, unfinished);
            await VirtualTime.Settle();
            await test(talk);
            if (talk.End.IsFaulted)
                await talk.End;
        });

    /// <summary>A conversation with a listener who has a loudspeaker and a microphone.</summary>
    public static void RunAloud(Func<Talk, Task> test, ConversationOptions? options = null, IReadOnlyList<Turn>? history = null, Action<Talk>? prepare = null, Device? device = null) =>
        VirtualLoop.Run(async () =>
        {
            var talk = new Talk(options ?? new ConversationOptions(), history ?? [], reads: true, prepare, isAloud: true);
            await talk.Post(new DeviceChanged(device ?? new Device(Speaker.Samples, HasMicrophone: true)));
            await test(talk);
            if (talk.End.IsFaulted)
                await talk.End;
        });

    public async Task Post(params ConversationInput[] inputs)
    {
        foreach (var input in inputs)
            Assert.True(Conversation.TryPost(input));
        await VirtualTime.Settle();
    }

    public Task Ask(string question, string? clientId = null) => Post(new Say(question, clientId));

    public Task Pass(double seconds) => Time.Pass(TimeSpan.FromSeconds(seconds));

    /// <summary>Lets the host go away.</summary>
    public void Cancel() => _host.Cancel();

    public async Task<ConversationEnd> Close()
    {
        Conversation.TryPost(new End(EndReason.Ended));
        await Pass(10);
        Assert.True(End.IsCompletedSuccessfully);
        return await End;
    }

    public void Read()
    {
        while (Conversation.Outputs.TryRead(out var output))
            Note(output);
    }

    public IEnumerable<T> All<T>()
        where T : ConversationOutput => Outputs.OfType<T>();

    public string Said(int turn = 1) => string.Concat(All<PhraseReady>().Where(p => p.Turn == turn && !p.IsRepetition).Select(p => p.Text));

    public IEnumerable<string> Stored => Journal.Entries.Select(e => e switch
    {
        QuestionAsked q => $"question {q.Turn}",
        PhraseGiven p => $"phrase {p.Turn}.{p.Index}",
        AnswerEnded a => $"{a.Outcome} {a.Turn}",
        AnswerLeft a => $"left {a.Turn}",
        QuestionAmendedTo q => $"amended {q.Turn}",
        _ => throw new InvalidOperationException(),
    });

    public static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private async Task ReadAllAsync()
    {
        while (await Conversation.Outputs.WaitToReadAsync())
            Read();
    }

    private void Note(ConversationOutput output)
    {
        Outputs.Add(output);
        Log.Add(output);
        Player.Take(output);
    }
}
