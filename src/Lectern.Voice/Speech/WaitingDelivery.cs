using Lectern.Voice.Turns;

namespace Lectern.Voice.Speech;

/// <summary>Nobody is there yet to be given anything: an answer that is gone on with waits for its listener.</summary>
internal sealed class WaitingDelivery(UnfinishedAnswer unfinished) : Delivery(unfinished.Heard ?? unfinished.Text.Length)
{
    /// <summary>What is gone on with, as far as it is known to have been heard.</summary>
    public UnfinishedAnswer Unfinished { get; private set; } = unfinished;

    public override bool MayGive(string phrase, double pace, TimeSpan now) => false;

    public override bool IsHeard(TimeSpan now) => false;

    public override int? Heard(TimeSpan now) => Before;

    /// <summary>Its listener came, and knows how far they had heard.</summary>
    public void Correct(int heard) => Unfinished = Unfinished with { Heard = Math.Clamp(heard, 0, Unfinished.Text.Length) };
}
