namespace Lectern.Tests.Server.Tutoring;

/// <summary>The real clock, some time later. Timers run as they always do.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    public TimeSpan Shift { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
}
