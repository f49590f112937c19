namespace Lectern.Tutoring.Sessions;

/// <summary>Names this run of this node: a restarted node is another one, and takes its sessions over like any other.</summary>
internal sealed class NodeIdentity
{
    public Guid Id { get; } = Guid.NewGuid();
}
