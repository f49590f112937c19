using System.Diagnostics;

namespace Lectern.Platform.Postgres;

/// <summary>The user that the server runs as when Lectern itself is root.</summary>
internal sealed record ServerUser(string Name, uint UserId, uint GroupId);

/// <summary>How the server's programs are run: as whom, in a session of their own (Ctrl-C in the terminal reaches Lectern
/// alone, which then stops the server in order), and so that they end when Lectern does.</summary>
internal sealed class Confinement
{
    // The shell reads a pipe that Lectern holds. When Lectern is gone, however it went, the pipe ends and the server is told to stop.
    private const string Watch = """
        set -m
        exec 3<&0
        "$@" </dev/null 3<&- &
        server=$!
        trap '' INT TERM HUP
        (cat <&3 >/dev/null; kill -INT "$server") >/dev/null 2>&1 &
        watcher=$!
        exec 3<&-
        wait "$server"
        code=$?
        kill -KILL "-$watcher" 2>/dev/null
        exit "$code"
        """;

    private readonly string? _setpriv;
    private readonly string? _setsid;

    private Confinement(ServerUser? user, string? setpriv, string? setsid)
    {
        User = user;
        _setpriv = setpriv;
        _setsid = setsid;
    }

    /// <summary>Null when the server runs as the user that runs Lectern.</summary>
    public ServerUser? User { get; }

    public static async Task<Confinement> ForAsync(ServerUser? user, bool watchedByShell, CancellationToken ct)
    {
        var setpriv = await FindSetprivAsync(ct);
        if (setpriv is null && user is not null)
            throw new EmbeddedPostgresException(
                "PostgreSQL does not run as root, and `setpriv` (package util-linux) is missing, which would run it as another user. "
                + "Install util-linux, or start Lectern as an ordinary user.");
        var tieByShell = watchedByShell && user is null;
        return new Confinement(user, tieByShell ? null : setpriv, tieByShell ? null : ChildProcess.Find("setsid"));
    }

    /// <summary>A program that may be cut off at any moment, such as initdb in a folder of its own.</summary>
    public ProcessStartInfo Tool(string program, IEnumerable<string> arguments) => _setpriv is null
        ? ChildProcess.Describe(program, arguments)
        : ChildProcess.Describe(_setpriv, [.. Privileges("KILL"), "--", program, .. arguments]);

    /// <summary>The server. Standard input must stay open as long as the server is to live.</summary>
    public ProcessStartInfo Server(string program, IEnumerable<string> arguments) => _setpriv is null || _setsid is null
        ? ChildProcess.Describe("/bin/sh", ["-c", Watch, "sh", program, .. arguments])
        : ChildProcess.Describe(_setsid, [_setpriv, .. Privileges("INT"), "--", program, .. arguments]);

    /// <summary>Whether the server's user can pass through a folder to what lies below it.</summary>
    public async Task<bool> CanReachAsync(string folder, CancellationToken ct) =>
        User is null || (await ChildProcess.RunAsync(Tool("test", ["-x", folder]), ct)).ExitCode == 0;

    private string[] Privileges(string deathSignal)
    {
        string[] always = ["--no-new-privs", "--pdeathsig", deathSignal];
        return User is null ? always
            : [$"--reuid={User.UserId}", $"--regid={User.GroupId}", "--clear-groups", .. always];
    }

    private static async Task<string?> FindSetprivAsync(CancellationToken ct)
    {
        if (ChildProcess.Find("setpriv") is not { } setpriv) return null;
        // BusyBox has a setpriv without this option.
        var (_, help) = await ChildProcess.RunAsync(setpriv, ["--help"], ct);
        return help.Contains("--pdeathsig", StringComparison.Ordinal) ? setpriv : null;
    }
}
