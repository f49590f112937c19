using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Lectern.Bench;

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
