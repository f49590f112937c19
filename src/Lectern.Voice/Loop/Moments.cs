namespace Lectern.Voice.Loop;

/// <summary>Arithmetic of moments on the loop's time.</summary>
internal static class Moments
{
    /// <summary>The earliest of them; <see cref="TimeSpan.MaxValue"/> stands for never.</summary>
    public static TimeSpan Earliest(params ReadOnlySpan<TimeSpan> moments)
    {
        var earliest = TimeSpan.MaxValue;
        foreach (var moment in moments)
            earliest = moment < earliest ? moment : earliest;
        return earliest;
    }
}
