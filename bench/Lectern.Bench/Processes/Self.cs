using System.Diagnostics;

namespace Lectern.Bench.Processes;

/// <summary>Starts this bench again, as another process.</summary>
internal static class Self
{
    /// <summary>Under <c>dotnet run</c> the process is the program's own host, which takes its arguments at once; under <c>dotnet X.dll</c> it is dotnet, which takes the file first.</summary>
    public static ProcessStartInfo With(params string[] arguments)
    {
        var process = Environment.ProcessPath!; // a process has a path on the systems that Lectern runs on
        var isDotnet = Path.GetFileNameWithoutExtension(process).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return new ProcessStartInfo(process, isDotnet ? [typeof(Self).Assembly.Location, .. arguments] : arguments) { RedirectStandardOutput = true, UseShellExecute = false };
    }
}
