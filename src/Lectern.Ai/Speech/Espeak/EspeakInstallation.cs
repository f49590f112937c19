namespace Lectern.Ai.Speech.Espeak;

/// <summary>Whether this machine has what the voice by espeak-ng needs. Only looks for files: the library itself is never loaded into the server.</summary>
internal static class EspeakInstallation
{
    private static readonly string[] Libraries = ["libespeak-ng.so.1", "libespeak-ng.1.dylib"];
    private static readonly string[] Folders = ["/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/local/lib64", "/opt/homebrew/lib", "/lib"];

    /// <summary>The helper's file, or null where nobody built it.</summary>
    public static string? Helper(SpeechOptions options)
    {
        var file = options.Helper.Length > 0 ? Path.GetFullPath(options.Helper) : Path.Combine(AppContext.BaseDirectory, "helpers", "espeak", "Lectern.Espeak.dll");
        return File.Exists(file) ? file : null;
    }

    public static bool HasLibrary() => Places().Any(folder => Libraries.Any(library => File.Exists(Path.Combine(folder, library))));

    // Debian keeps libraries in a folder per architecture, such as /usr/lib/x86_64-linux-gnu.
    private static IEnumerable<string> Places()
    {
        var told = (Environment.GetEnvironmentVariable("LD_LIBRARY_PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        var perArchitecture = Directory.Exists("/usr/lib") ? Directory.EnumerateDirectories("/usr/lib", "*-linux-*") : [];
        return [.. told, .. Folders, .. perArchitecture];
    }
}
