namespace Lectern.Tests.Accounts;

/// <summary>A clock that stands still until a test moves it.</summary>
internal sealed class ManualTime : TimeProvider
{
    // Near the real time: Identity's own tokens look at the real clock.
    private DateTimeOffset _now = TimeProvider.System.GetUtcNow();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(_now.Ticks / 10 * 10, TimeSpan.Zero); // PostgreSQL keeps microseconds

    public override long GetTimestamp() => _now.Ticks;

    public void Advance(TimeSpan by) => _now += by;
}
