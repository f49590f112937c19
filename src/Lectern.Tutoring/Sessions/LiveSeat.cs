namespace Lectern.Tutoring.Sessions;

/// <summary>A place taken by a session, over all schools.</summary>
internal sealed class LiveSeat
{
    public Guid SessionId { get; private set; }

    public Guid SchoolId { get; private set; }

    public Guid Node { get; private set; }

    public DateTimeOffset Until { get; private set; }

    public static LiveSeat Take(Guid session, Guid school, Guid node, DateTimeOffset until) => new() { SessionId = session, SchoolId = school, Node = node, Until = until };
}
