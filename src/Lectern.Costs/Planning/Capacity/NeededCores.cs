using Lectern.Costs.Planning.Input;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning.Capacity;

/// <summary>What the busiest moment needs, with the head-room.</summary>
/// <param name="Program">Cores for the program.</param>
/// <param name="Database">Cores for the database.</param>
/// <param name="MemoryMb">Memory for the conversations of all nodes.</param>
/// <param name="Average">Cores that the program uses on average over the month: what burstable machines are judged by.</param>
internal sealed record NeededCores(Interval Program, Interval Database, Interval MemoryMb, Interval Average)
{
    public static NeededCores Of(Workload workload, MeasuredCapacity measured, decimal headRoom)
    {
        var spoken = workload.PeakSessions * workload[WorkloadInputs.Spoken] + workload.PeakCalls;
        var typed = workload.PeakSessions * workload[WorkloadInputs.Spoken].Rest;
        var pages = workload.PeakRequests;
        var pageMs = measured.PageMilliseconds ?? MeasuredCapacity.UnmeasuredPageMilliseconds;
        var program = Cores(typed, measured.Typed.PerProgramCore) + Cores(spoken, measured.Spoken.PerProgramCore) + pages * (pageMs / 1000);
        var database = Cores(typed, measured.Typed.PerDatabaseCore) + Cores(spoken, measured.Spoken.PerDatabaseCore) + pages * (measured.PageDatabaseMilliseconds / 1000);
        var memory = typed * measured.Typed.MbEach + spoken * measured.Spoken.MbEach;
        var usable = 1 / (1 - headRoom);
        return new NeededCores(program * usable, database * usable, memory * usable, OverTheMonth(workload, measured, pageMs));
    }

    private static Interval OverTheMonth(Workload workload, MeasuredCapacity measured, decimal pageMs)
    {
        var spokenMinutes = workload.SessionMinutes * workload[WorkloadInputs.Spoken] + workload.Calls * workload[WorkloadInputs.CallLength];
        var typedMinutes = workload.SessionMinutes * workload[WorkloadInputs.Spoken].Rest;
        var minutes = Cores(typedMinutes, measured.Typed.PerProgramCore) + Cores(spokenMinutes, measured.Spoken.PerProgramCore);
        return (minutes + workload.Requests * (pageMs / 60_000)) * (1m / (730 * 60));
    }

    private static Interval Cores(Interval conversations, decimal perCore) => conversations * (1 / perCore);
}
