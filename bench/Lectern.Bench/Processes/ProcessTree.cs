using System.Globalization;

namespace Lectern.Bench.Processes;

/// <summary>Processor time since a program's start: its own, and that of the PostgreSQL it started, which may be none.</summary>
internal sealed record ProcessorTime(TimeSpan Program, TimeSpan Database)
{
    public static ProcessorTime operator -(ProcessorTime after, ProcessorTime before) => new(after.Program - before.Program, after.Database - before.Database);
}

/// <summary>What Linux tells of a program and of the processes below it (proc(5)).</summary>
internal static class ProcessTree
{
    // sysconf(_SC_CLK_TCK), which is 100 on every Linux that .NET runs on.
    private const double TicksPerSecond = 100;

    /// <summary>Processor time of a program and of the PostgreSQL below it, sessions of it that have ended included.</summary>
    public static ProcessorTime ProcessorTimeOf(int program)
    {
        var all = Read();
        var database = Below(program, all).Where(process => process.Name == "postgres").ToList();
        var first = database.Find(process => database.TrueForAll(other => other.Id != process.Parent));
        return new ProcessorTime(
            TimeSpan.FromSeconds(all.Where(process => process.Id == program).Sum(process => process.Ticks) / TicksPerSecond),
            TimeSpan.FromSeconds((database.Sum(process => process.Ticks) + (first?.TicksOfEnded ?? 0)) / TicksPerSecond));
    }

    /// <summary>Memory of one process that is really there (VmRSS), in MB of 2^20 bytes.</summary>
    public static double ResidentMb(int process) => Math.Round(
        long.Parse(File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0, 1);

    private static IEnumerable<Entry> Below(int parent, IReadOnlyList<Entry> all) => all.Where(process => process.Parent == parent).SelectMany(child => Below(child.Id, all).Prepend(child));

    private static List<Entry> Read()
    {
        var found = new List<Entry>();
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), out _)))
        {
            try
            {
                found.Add(Parse(File.ReadAllText(Path.Combine(folder, "stat"))));
            }
            catch (IOException)
            {
                // It ended meanwhile.
            }
        }
        return found;
    }

    private static Entry Parse(string stat)
    {
        // The name stands in parentheses and may hold some itself.
        var (open, close) = (stat.IndexOf('('), stat.LastIndexOf(')'));
        var fields = stat[(close + 2)..].Split(' ');
        long Field(int number) => long.Parse(fields[number - 3], CultureInfo.InvariantCulture);
        return new Entry(int.Parse(stat[..(open - 1)], CultureInfo.InvariantCulture), stat[(open + 1)..close], (int)Field(4), Field(14) + Field(15), Field(16) + Field(17));
    }

    private sealed record Entry(int Id, string Name, int Parent, long Ticks, long TicksOfEnded);
}
