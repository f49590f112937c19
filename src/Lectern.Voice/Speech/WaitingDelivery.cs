namespace Lectern.Voice.Speech;

/// <summary>Nobody is there yet to be given anything: an answer that is gone on with waits for its listener.</summary>
internal sealed class WaitingDelivery(int heard) : Delivery(heard)
{
    public override bool MayGive(string phrase, double pace, TimeSpan now) => false;

    public override bool IsHeard(TimeSpan now) => false;

    public override int? Heard(TimeSpan now) => Before;
}
