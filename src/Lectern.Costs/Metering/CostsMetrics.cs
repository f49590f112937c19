using System.Diagnostics.Metrics;

namespace Lectern.Costs.Metering;

/// <summary>Metrics of the meter and the leases, meter <c>Lectern.Costs</c>.</summary>
internal sealed class CostsMetrics
{
    private readonly Counter<long> _written;
    private readonly Counter<long> _unfit;
    private readonly Histogram<double> _wait;
    private readonly Counter<long> _leases;
    private readonly Counter<long> _refusals;

    public CostsMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Lectern.Costs");
        _written = meter.CreateCounter<long>("lectern.costs.reports", "{report}", "Reports that were written, repeated ones included.");
        _unfit = meter.CreateCounter<long>("lectern.costs.reports_unfit", "{report}", "Reports that the database would not take, such as those of a school that is gone; each is in the log.");
        _wait = meter.CreateHistogram<double>("lectern.costs.write_duration", "s", "Writing one batch of reports.");
        _leases = meter.CreateCounter<long>("lectern.costs.leases", "{lease}");
        _refusals = meter.CreateCounter<long>("lectern.costs.refusals", "{refusal}", "Asked for leave to spend and got none.");
    }

    public void Wrote(int reports, TimeSpan took)
    {
        _written.Add(reports);
        _wait.Record(took.TotalSeconds);
    }

    public void Unfit() => _unfit.Add(1);

    public void Leased() => _leases.Add(1);

    public void Refused() => _refusals.Add(1);
}
