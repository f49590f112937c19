namespace Lectern.Costs.Contracts;

/// <summary>Who pays for a call to a provider, and what it is for.</summary>
public sealed record Payer(Guid SchoolId, Guid? CourseId, Guid? SessionId);
