using Lectern.Voice.Loop;

namespace Lectern.Voice.Hearing;

/// <summary>What somebody is saying: pieces of speech with pauses between them, each on its way to becoming words.</summary>
internal sealed class SpokenTurn
{
    private readonly List<TranscriptionRun> _pieces = [];

    /// <summary>It was spoken over our own voice.</summary>
    public bool IsOver { get; set; }

    /// <summary>It began while something was being thought or said.</summary>
    public bool IsBeside { get; init; }

    /// <summary>It began after a question and before its answer.</summary>
    public bool Amends { get; init; }

    /// <summary>It is over whatever the pause: the button was let go, or it has become too long.</summary>
    public bool IsReleased { get; set; }

    /// <summary>There was a silence since it was released, so that what comes now is something new.</summary>
    public bool HasGoneQuiet { get; set; }

    /// <summary>The button was held in it, so its pauses tell nothing of the speaker's habits.</summary>
    public bool WasHeld { get; set; }

    /// <summary>A button held for longer is stuck.</summary>
    public TimeSpan LastsUntil { get; set; }

    /// <summary>The pauses after which it went on.</summary>
    public int Pauses { get; set; }

    /// <summary>How much of it was speech.</summary>
    public TimeSpan Speech { get; set; }

    /// <summary>How much speech there was since the last piece was sent.</summary>
    public TimeSpan PieceSpeech { get; set; }

    public bool HasPieces => _pieces.Count > 0;

    public bool IsWritten => _pieces.TrueForAll(piece => piece.IsDone);

    public string Text => string.Join(' ', _pieces.Where(piece => piece.Text.Length > 0).Select(piece => piece.Text));

    public Exception? Error => _pieces.Find(piece => piece.Error is not null)?.Error;

    public TimeSpan NextDeadline => _pieces.Where(piece => !piece.IsDone).Select(piece => piece.Deadline).DefaultIfEmpty(TimeSpan.MaxValue).Min();

    /// <summary>It goes on before it was written down.</summary>
    public void TakeUp(TimeSpan lastsUntil) => (IsReleased, LastsUntil) = (false, lastsUntil);

    public void Send(ITranscriber ears, ReadOnlyMemory<short> samples, string language, TimeSpan deadline, Wake wake)
    {
        PieceSpeech = TimeSpan.Zero;
        _pieces.Add(TranscriptionRun.Start(ears, new Recording(samples, language), deadline, wake));
    }

    /// <summary>Gives up on pieces that take too long.</summary>
    public void GiveUp(TimeSpan now)
    {
        foreach (var piece in _pieces.Where(piece => !piece.IsDone && now >= piece.Deadline))
            piece.Fail(new TimeoutException("The transcription took too long."));
    }

    /// <summary>Nothing of it is wanted any more.</summary>
    public void Close()
    {
        foreach (var piece in _pieces)
            piece.Dispose();
        _pieces.Clear();
    }
}
