using System.Globalization;
using Lectern.Bench.Live;

namespace Lectern.Bench.Compare;

/// <summary>What <c>bench/livekit-agents/src/bench.js</c> found.</summary>
/// <param name="Plain">Sound and text go to sinks in the same process.</param>
/// <param name="Synchronised">The same, with the part that its rooms put in between, which gives the text at the pace of the sound.</param>
/// <param name="Rehearsal">The students alone; taken off the processor time of the others before their sessions a core were computed.</param>
/// <param name="Processes">A process for each session, as it is deployed.</param>
internal sealed record InProcess(IReadOnlyDictionary<string, string> Versions, InProcessStage Plain, InProcessStage Synchronised, InProcessStage Rehearsal, PerProcess? Processes);

internal sealed record InProcessStage(int Sessions, InProcessReport Report, double ProgramCpuSeconds, double WallSeconds, double SessionsPerCore, double RssBeforeMb, double RssMb, double MbPerSession);

/// <param name="Gaps">How often the player had nothing to play in mid-answer.</param>
internal sealed record InProcessReport(Times Started, Times FirstSound, int Answered, double AudioSeconds, int Gaps, IReadOnlyDictionary<string, int> Problems);

/// <param name="StartCpuSeconds">Of one process, before it has a session.</param>
/// <param name="RssMb">Of one process in conversation; PSS is its part of it when shared pages are divided among those who share them.</param>
internal sealed record PerProcess(int Processes, int Seconds, Times StartMs, double StartCpuSeconds, double IdleRssMb, double IdlePssMb, double RssMb, double PssMb, double ProgramCpuSeconds, double SessionsPerCore, Times FirstSound, int Answered, IReadOnlyDictionary<string, int> Problems);

/// <summary>Both sides at one number of sessions.</summary>
/// <param name="OverWebSockets">@livekit/agents, reached by the same generator in the same way.</param>
internal sealed record Comparison(int Sessions, LiveCommand.Stage Lectern, LiveCommand.Stage OverWebSockets, InProcess InProcess)
{
    /// <summary>Lectern's sessions a core for each one of the other's, where both send sound over WebSockets.</summary>
    public double Ratio => Of(OverWebSockets.SessionsPerCore);

    /// <summary>The same, where the other sends nothing to anybody.</summary>
    public double RatioInProcess => Of(InProcess.Plain.SessionsPerCore);

    /// <summary>The same, where the other has a process for each session.</summary>
    public double? RatioPerProcess => InProcess.Processes is { } processes ? Of(processes.SessionsPerCore) : null;

    public bool IsClean => Lectern.Report.Problems.Count + OverWebSockets.Report.Problems.Count + InProcess.Plain.Report.Problems.Count + InProcess.Synchronised.Report.Problems.Count + (InProcess.Processes?.Problems.Count ?? 0) == 0;

    public void Print()
    {
        var (here, line, plain, paced, each) = (Lectern, OverWebSockets, InProcess.Plain, InProcess.Synchronised, InProcess.Processes);
        Console.WriteLine($"\n{Sessions} sessions; @livekit/agents {InProcess.Versions["agents"]} on Node {InProcess.Versions["node"]}{(each is null ? "" : $"; the last column: {each.Processes} sessions of {each.Seconds} s")}\n");
        Row("", "Lectern", "agents over WebSockets", "agents in one process", "… text paced", "… a process each");
        Row("sessions a core", Text(here.SessionsPerCore), Text(line.SessionsPerCore), Text(plain.SessionsPerCore), Text(paced.SessionsPerCore), Text(each?.SessionsPerCore));
        Row("Lectern to it", "", Times(Ratio), Times(RatioInProcess), Times(Of(paced.SessionsPerCore)), Times(RatioPerProcess));
        Row("processor, s", Text(here.ProgramCpuSeconds), Text(line.ProgramCpuSeconds), Text(plain.ProgramCpuSeconds), Text(paced.ProgramCpuSeconds), Text(each?.ProgramCpuSeconds));
        Row("  of it the students", "–", "–", Text(InProcess.Rehearsal.ProgramCpuSeconds), Text(InProcess.Rehearsal.ProgramCpuSeconds), "");
        Row("  PostgreSQL besides", Text(here.DatabaseCpuSeconds), "–", "–", "–", "–");
        Row("  ms an answer", Share(here.ProgramCpuSeconds, here.Report.FirstSound), Share(line.ProgramCpuSeconds, line.Report.FirstSound), Share(plain.ProgramCpuSeconds - InProcess.Rehearsal.ProgramCpuSeconds, plain.Report.FirstSound),
            Share(paced.ProgramCpuSeconds - InProcess.Rehearsal.ProgramCpuSeconds, paced.Report.FirstSound), Share(each?.ProgramCpuSeconds, each?.FirstSound));
        Row("first sound p50, ms", Text(here.Report.FirstSound.P50), Text(line.Report.FirstSound.P50), Text(plain.Report.FirstSound.P50), Text(paced.Report.FirstSound.P50), Text(each?.FirstSound.P50));
        Row("first sound p99, ms", Text(here.Report.FirstSound.P99), Text(line.Report.FirstSound.P99), Text(plain.Report.FirstSound.P99), Text(paced.Report.FirstSound.P99), Text(each?.FirstSound.P99));
        Row("answers begun", Text(here.Report.FirstSound.Count), Text(line.Report.FirstSound.Count), Text(plain.Report.FirstSound.Count), Text(paced.Report.FirstSound.Count), Text(each?.FirstSound.Count));
        Row("sound, s", Text(here.Report.AudioSeconds), Text(line.Report.AudioSeconds), Text(plain.Report.AudioSeconds), Text(paced.Report.AudioSeconds), "");
        Row("memory, MB", Text(here.RssMb), Text(line.RssMb), Text(plain.RssMb), Text(paced.RssMb), each is null ? "–" : $"{Text(each.PssMb)} each");
        Row("  more a session, MB", Text(here.MbPerSession), Text(line.MbPerSession), Text(plain.MbPerSession), Text(paced.MbPerSession), Text(each?.PssMb));
    }

    private double Of(double theirs) => Math.Round(Lectern.SessionsPerCore / theirs, 2);

    private static void Row(string name, params ReadOnlySpan<string> cells)
    {
        Console.Write($"  {name,-22}");
        foreach (var cell in cells)
            Console.Write($"{cell,24}");
        Console.WriteLine();
    }

    private static string Text(double? value) => value?.ToString("0.##", CultureInfo.InvariantCulture) ?? "–";

    private static string Share(double? seconds, Times? answers) => answers is { Count: > 0 } ? Text(seconds * 1_000 / answers.Count) : "–";

    private static string Times(double? ratio) => ratio is null ? "–" : $"{Text(ratio)} ×";
}
