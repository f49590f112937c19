namespace Lectern.Voice.Speech;

/// <summary>
/// How the phrases of one utterance reach the listener: when the next one may be given, and what of those given was heard. This one gives
/// them to be read: at once, and what is given counts.
/// </summary>
internal class Delivery(int before)
{
    /// <summary>Characters of the utterance that were given before this delivery took over; they count as heard.</summary>
    protected int Before => before;

    /// <summary>Something may be sounding, or is about to.</summary>
    public virtual bool IsAloud => false;

    /// <summary>It was told to be silent.</summary>
    public virtual bool IsSilenced => false;

    /// <summary>It cannot go on; what is left is to be read.</summary>
    public virtual bool HasFailed => false;

    /// <summary>When <see cref="Advance"/> or <see cref="MayGive"/> may have more to do than now.</summary>
    public virtual TimeSpan NextDue(TimeSpan now) => TimeSpan.MaxValue;

    /// <summary>Whether this phrase, the next, may be given out now.</summary>
    public virtual bool MayGive(string phrase, double pace, TimeSpan now) => true;

    /// <summary>The phrase was given out.</summary>
    public virtual void Given(int index, string phrase, double pace, TimeSpan now)
    {
    }

    /// <summary>One step on with the sound; true if anything happened.</summary>
    public virtual bool Advance(TimeSpan now) => false;

    /// <summary>All that was given has been heard.</summary>
    public virtual bool IsHeard(TimeSpan now) => true;

    /// <summary>The utterance's first characters that were heard; null for all that were given.</summary>
    public virtual int? Heard(TimeSpan now) => null;

    public virtual void Report(Played report, TimeSpan now)
    {
    }

    /// <summary>No sound from now on. What was heard is known when <see cref="IsSettled"/>.</summary>
    public virtual void Silence(TimeSpan now)
    {
    }

    public virtual bool IsSettled(TimeSpan now) => true;

    /// <summary>Goes on with the first word that was not heard.</summary>
    /// <param name="tellMarks">The listener is another than before and knows none of the marks.</param>
    public virtual void Resume(bool tellMarks, TimeSpan now)
    {
    }

    /// <summary>Lets go of what it holds.</summary>
    public virtual void Close()
    {
    }
}
