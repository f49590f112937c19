using System.ComponentModel.DataAnnotations;

namespace Lectern.Tutoring;

/// <summary>Limits of conversations with the AI teacher, for the whole installation. A school may make its own stricter (<see cref="Settings.TutoringSetting"/>).</summary>
public sealed record TutoringOptions
{
    [Range(1, 240)]
    public int SessionMinutes { get; init; } = 30;

    [Range(1, 60)]
    public int IdleMinutes { get; init; } = 5;

    /// <summary>How many conversations a student may hold at the same time.</summary>
    [Range(1, 100)]
    public int SessionsAtOnce { get; init; } = 2;

    /// <summary>How many a student may begin on one day of the school's calendar.</summary>
    [Range(1, 1_000)]
    public int SessionsPerDay { get; init; } = 10;

    /// <summary>How many questions one conversation may hold.</summary>
    [Range(1, 1_000)]
    public int MessagesPerSession { get; init; } = 100;

    /// <summary>How many conversations this node begins before it says that it is full.</summary>
    [Range(1, 100_000)]
    public int NodeSessions { get; init; } = 500;

    /// <summary>The same for all nodes together.</summary>
    [Range(1, 1_000_000)]
    public int InstallationSessions { get; init; } = 5_000;

    [Range(5, 300)]
    public int TicketSeconds { get; init; } = 30;

    /// <summary>How long a node speaks for a session after it last said so; then another may take it over without asking.</summary>
    [Range(5, 600)]
    public int LeaseSeconds { get; init; } = 30;
}
