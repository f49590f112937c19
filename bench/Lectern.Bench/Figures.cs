using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Lectern.Bench;

/// <summary>Times of one kind, in milliseconds.</summary>
internal sealed record Times(int Count, double P50, double P90, double P99, double Max)
{
    public static Times Of(IEnumerable<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToArray();
        return sorted.Length == 0 ? new Times(0, 0, 0, 0, 0) : new Times(sorted.Length, At(sorted, 0.5), At(sorted, 0.9), At(sorted, 0.99), Math.Round(sorted[^1], 2));
    }

    public override string ToString() => Count == 0 ? "none" : string.Create(CultureInfo.InvariantCulture, $"p50 {P50:0.0}  p90 {P90:0.0}  p99 {P99:0.0}  max {Max:0.0} ms  ({Count})");

    // Nearest rank.
    private static double At(double[] sorted, double share) => Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(share * sorted.Length) - 1)], 2);
}

/// <summary>Where figures were taken.</summary>
internal sealed record Machine(string Processor, int Cores, string System, string Runtime, string Commit)
{
    public static Machine Here() => new(ProcessorName(), Environment.ProcessorCount, RuntimeInformation.OSDescription, RuntimeInformation.FrameworkDescription, Git("rev-parse --short HEAD") + (Git("status --porcelain -- src").Length > 0 ? "+changes" : ""));

    private static string ProcessorName() => !File.Exists("/proc/cpuinfo") ? "unknown"
        : File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown";

    private static string Git(string arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Results.Root });
            return git?.StandardOutput.ReadToEnd().Trim() ?? "";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "";
        }
    }
}

/// <summary>The folder bench/results.</summary>
internal static class Results
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string Root { get; } = FindRoot();

    /// <summary>Writes one run.</summary>
    /// <returns>The file.</returns>
    public static string Write(string name, object settings, object figures)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Root, "bench", "results")).FullName;
        var file = Path.Combine(folder, $"{name}.json");
        File.WriteAllText(file, JsonSerializer.Serialize(new { name, at = DateTimeOffset.UtcNow.ToString("u", CultureInfo.InvariantCulture), machine = Machine.Here(), settings, figures }, Json) + "\n");
        return file;
    }

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Lectern.slnx")))
                return folder.FullName;
        }
        return Directory.GetCurrentDirectory();
    }
}
