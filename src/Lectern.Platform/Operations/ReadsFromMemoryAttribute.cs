namespace Lectern.Platform.Operations;

/// <summary>
/// On a page that is made even while the database is away, from what the node has in memory. Where that is not enough, whatever asks the database fails
/// at once, and its reader is told of the outage as on any other page.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReadsFromMemoryAttribute : Attribute;
