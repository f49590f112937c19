using System.Threading.Channels;
using Lectern.Voice.Hearing;
using Lectern.Voice.Journal;
using Lectern.Voice.Loop;
using Lectern.Voice.Turns;

namespace Lectern.Voice;

/// <summary>
/// A conversation between a person and a responder: one loop that takes inputs and gives outputs, one thing at a time. It knows
/// neither databases nor networks. Posting and reading are safe from any thread.
/// </summary>
public sealed class Conversation
{
    private readonly Wake _wake = new();
    private readonly ConversationOptions _options;
    private readonly TimeProvider _time;
    private readonly Channel<ConversationInput> _inputs;
    private readonly Outbox _outbox;
    private readonly Dialogue _dialogue;
    private readonly Ear _ear;
    private readonly UnfinishedAnswer? _unfinished;
    private int _hasRun;
    private TimeSpan? _stalledSince;

    /// <param name="history">What was said before, if this conversation is being continued; else empty.</param>
    /// <param name="senses">What it speaks and hears with; null for text alone.</param>
    /// <param name="unfinished">An answer to go on with; null if none was under way.</param>
    public Conversation(
        IResponder responder, IConversationJournal journal, ConversationOptions options, TimeProvider time, IReadOnlyList<Turn> history, Senses? senses = null, UnfinishedAnswer? unfinished = null)
    {
        _unfinished = unfinished;
        _options = options;
        _time = time;
        _inputs = Channel.CreateBounded<ConversationInput>(new BoundedChannelOptions(options.InputCapacity) { SingleReader = true });
        _outbox = new Outbox(options.OutputCapacity, _wake);
        _dialogue = new Dialogue(responder, journal, options, senses ?? new Senses(), time, history, _outbox, _wake);
        _ear = new Ear(senses?.Ears, options, _dialogue, _wake);
    }

    /// <summary>
    /// What the conversation gives out, for one reader; completes when the conversation has ended. A slow reader slows the answer:
    /// when the outputs are nearly full nothing more is taken from the responder, while inputs and limits are still heeded, so a
    /// Stop gets through. When they are full, inputs wait too, and after <see cref="ConversationOptions.ReaderPatience"/> the
    /// conversation ends with <see cref="EndReason.NobodyReads"/>.
    /// </summary>
    public ChannelReader<ConversationOutput> Outputs => _outbox.Reader;

    /// <summary>False if too many inputs wait already, or the conversation has ended.</summary>
    public bool TryPost(ConversationInput input)
    {
        var posted = _inputs.Writer.TryWrite(input);
        _wake.Set();
        return posted;
    }

    /// <summary>Waits until there is room for the input.</summary>
    /// <exception cref="ChannelClosedException">The conversation has ended.</exception>
    public async ValueTask PostAsync(ConversationInput input, CancellationToken ct)
    {
        await _inputs.Writer.WriteAsync(input, ct);
        _wake.Set();
    }

    /// <summary>
    /// Runs the conversation to its end; call it once. Cancelling <paramref name="ct"/> ends it in good order, as
    /// <see cref="EndReason.Host"/>, and does not throw. After the end it waits up to
    /// <see cref="ConversationOptions.ClosingPatience"/> for what is not saved yet and for responders that were cancelled.
    /// </summary>
    public async Task<ConversationEnd> RunAsync(CancellationToken ct)
    {
        if (Interlocked.Exchange(ref _hasRun, 1) == 1)
            throw new InvalidOperationException("A conversation runs once.");
        using var timer = new LoopTimer(_time, _wake);
        using var cancelled = ct.Register(static wake => ((Wake)wake!).Set(), _wake);
        Exception? error = null;
        try
        {
            var reason = await TalkAsync(timer, ct);
            await CloseAsync(timer);
            return new ConversationEnd(reason, [.. _dialogue.History.Turns], _dialogue.Line.Unsaved, _dialogue.CountLeaving());
        }
        catch (Exception e)
        {
            error = e;
            _dialogue.Abandon();
            _ear.Close();
            throw;
        }
        finally
        {
            _inputs.Writer.TryComplete();
            _outbox.Complete(error);
        }
    }

    private async Task<EndReason> TalkAsync(LoopTimer timer, CancellationToken ct)
    {
        var limits = new TimeLimits(_options, _time.GetUtcNow() - (_options.StartedAt ?? _time.GetUtcNow()));
        if (_unfinished is not null)
            _dialogue.TakeUp(_unfinished, timer.Now);
        while (_dialogue.Over is null)
        {
            var now = timer.Now;
            if (ct.IsCancellationRequested)
                _dialogue.Finish(EndReason.Host, now);
            else if (!Step(limits, now))
            {
                timer.Arm(NextDue(limits, now));
                await _wake.WaitAsync();
            }
        }
        _ear.Close();
        return _dialogue.Over.Value;
    }

    /// <summary>One round: what was stored, what came in, what the clock says, what is being said. False if all was still.</summary>
    private bool Step(TimeLimits limits, TimeSpan now)
    {
        var wasBusy = _dialogue.IsBusy;
        var moved = _dialogue.Save(now);
        moved |= TakeInput(limits, now);
        if (_dialogue.Over is null)
            moved |= HeedTime(limits, now);
        if (_dialogue.Over is null && _ear.Advance(now))
        {
            moved = true;
            limits.Touch(now);
        }
        if (_dialogue.Over is null)
            moved |= _dialogue.Advance(now);
        if (wasBusy && !_dialogue.IsBusy)
            limits.Touch(now);
        return moved;
    }

    private bool TakeInput(TimeLimits limits, TimeSpan now)
    {
        if (!_outbox.HasRoomForInput(_dialogue.Line.Waiting))
        {
            _stalledSince ??= now;
            return false;
        }
        _stalledSince = null;
        if (!_inputs.Reader.TryRead(out var input))
            return false;
        if (input.IsPresence)
            limits.Touch(now);
        _dialogue.Handle(input, now);
        if (_dialogue.Over is null)
            _ear.Handle(input, now);
        if (_ear.IsSomebodySpeaking)
            limits.Touch(now);
        return true;
    }

    private bool HeedTime(TimeLimits limits, TimeSpan now)
    {
        if (limits.WarnAt(now, _dialogue.IsBusy) is { } warning && warning.Remaining > TimeSpan.Zero)
            _dialogue.Warn(warning.Remaining, warning.Limit);
        else if (limits.EndAt(now, _dialogue.IsBusy) is { } reason)
            _dialogue.Finish(reason, now);
        else if (now >= StalledTooLongAt)
            _dialogue.Finish(EndReason.NobodyReads, now);
        else
            return false;
        return true;
    }

    private async Task CloseAsync(LoopTimer timer)
    {
        _inputs.Writer.TryComplete();
        var deadline = timer.Now + _options.ClosingPatience;
        while (timer.Now < deadline && (!_dialogue.Line.IsSaved || _dialogue.CountLeaving() > 0))
        {
            if (_dialogue.Save(timer.Now))
                continue;
            timer.Arm(Moments.Earliest(deadline, _dialogue.Line.NextDue));
            await _wake.WaitAsync();
        }
        _dialogue.Line.LetGo();
    }

    private TimeSpan StalledTooLongAt => _stalledSince is { } since ? since + _options.ReaderPatience : TimeSpan.MaxValue;

    private TimeSpan NextDue(TimeLimits limits, TimeSpan now) => Moments.Earliest(
        limits.NextDue(_dialogue.IsBusy), StalledTooLongAt, _dialogue.Line.NextDue, _dialogue.NextDue(now), _ear.NextDue);
}
