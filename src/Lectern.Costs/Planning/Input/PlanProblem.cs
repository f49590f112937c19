namespace Lectern.Costs.Planning.Input;

/// <summary>What is wrong with a plan, and where.</summary>
/// <param name="Line">The first line is 1.</param>
/// <param name="Key">The way to it, such as <c>workload.students</c>; empty for the file.</param>
internal sealed record PlanProblem(string File, int Line, string Key, string Message)
{
    public override string ToString() => Key.Length == 0 ? $"{File}:{Line}: {Message}." : $"{File}:{Line}: {Key}: {Message}.";
}

/// <summary>A plan, or everything that is wrong with it.</summary>
internal sealed record PlanReading(Plan? Plan, IReadOnlyList<PlanProblem> Problems);
