using Lectern.Costs.Planning.Capacity;
using Lectern.Costs.Planning.Input;
using Lectern.Costs.Prices.Billing;

namespace Lectern.Costs.Planning.Profiles;

/// <summary>One month of a plan on one cloud: what is done, and what must stand for it.</summary>
/// <param name="Number">Counted from 1 at the start of the plan.</param>
internal sealed record PlanMonth(Plan Plan, Phase Phase, Workload Workload, int Number, Cloud Cloud, MeasuredCapacity Measured, Topology Topology, NeededCores Needed)
{
    public static PlanMonth Of(Plan plan, Phase phase, Workload workload, int number, Cloud cloud, MeasuredCapacity measured) =>
        new(plan, phase, workload, number, cloud, measured, Topology.Of(phase.Profile, plan.RegionCount), NeededCores.Of(workload, measured, plan.HeadRoom));

    public DateOnly First => Phase.From.AddMonths(Number - Phase.FirstMonth);

    /// <summary>GB of rows.</summary>
    public Interval DatabaseGb => Stored(StorageKind.Database);

    public Interval Stored(StorageKind kind) => Workload.Storage.Where(row => row.Kind == kind).Aggregate(Interval.Zero, (sum, row) => sum + row.In(Number));

    /// <summary>Minutes of spoken conversation, in the browser and on the telephone.</summary>
    public Interval SpokenMinutes => Workload.SessionMinutes * Workload[WorkloadInputs.Spoken] + CallMinutes;

    public Interval CallMinutes => Workload.Calls * Workload[WorkloadInputs.CallLength];

    /// <summary>Sent to browsers by the servers: pages and conversations; GB. What an avatar's provider sends to the browser is not on our bill.</summary>
    public Interval Direct => Workload.ActiveStudents * Workload[WorkloadInputs.Pages] * Workload[WorkloadInputs.PageSize]
        + Workload.SessionMinutes * Workload[WorkloadInputs.Spoken] * Workload[WorkloadInputs.Avatar].Rest * (Measured.Spoken.MbPerMinute / 1024)
        + Workload.SessionMinutes * Workload[WorkloadInputs.Spoken].Rest * (Measured.Typed.MbPerMinute / 1024);

    /// <summary>Sent through the content network; GB.</summary>
    public Interval Video => Workload.ActiveStudents * Workload[WorkloadInputs.Video] * Workload[WorkloadInputs.VideoSize];
}
