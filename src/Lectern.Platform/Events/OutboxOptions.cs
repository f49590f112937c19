using System.ComponentModel.DataAnnotations;

namespace Lectern.Platform.Events;

/// <summary>The section <c>Outbox</c>.</summary>
public sealed record OutboxOptions
{
    /// <summary>How often each node looks for facts that another node stored.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A delivery that failed this often is dead: it waits for a person on the dead-letter page.</summary>
    [Range(1, 100)]
    public int MaxAttempts { get; init; } = 8;

    /// <summary>A handler that runs longer is taken for lost and its delivery is tried again.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "01:00:00")]
    public TimeSpan HandlerTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long delivered facts are kept.</summary>
    [Range(1, 3650)]
    public int KeepDays { get; init; } = 14;
}
