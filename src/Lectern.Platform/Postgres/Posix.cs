using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Lectern.Platform.Postgres;

/// <summary>Who owns a file, and whether it is itself a symbolic link.</summary>
internal readonly record struct Ownership(uint UserId, uint GroupId, bool IsLink);

/// <summary>The few system calls that .NET does not offer.</summary>
internal static class Posix
{
    public const int Interrupt = 2;
    public const int Quit = 3;
    private const int Kill = 9;
    private const int NoSuchProcess = 3;
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint BasicStats = 0x7ff;
    private static readonly int CloseOnExec = OperatingSystem.IsMacOS() ? 0x1000000 : 0x80000;
    private const int TypeMask = 0xF000;
    private const int TypeLink = 0xA000;

    public static uint UserId => geteuid();

    public static bool IsRoot => UserId == 0;

    /// <summary>False when the process is gone already.</summary>
    public static bool Signal(int processId, int signal) => kill(processId, signal) == 0;

    public static bool IsAlive(int processId) => kill(processId, 0) == 0 || Marshal.GetLastPInvokeError() != NoSuchProcess;

    public static void End(int processId) => Signal(processId, Kill);

    public static void SetMode(string path, UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("The embedded PostgreSQL needs Linux or macOS.");
        File.SetUnixFileMode(path, mode);
    }

    public static void ChangeOwner(string path, uint userId, uint groupId)
    {
        if (lchown(Text(path), userId, groupId) != 0) throw Failure("chown", path);
    }

    /// <summary>Makes a folder that nobody else can open; false when something of that name is there already.</summary>
    public static bool TryMakePrivateFolder(string path)
    {
        if (mkdir(Text(path), 0x1C0) == 0) return true;
        if (Path.Exists(path) || new FileInfo(path).LinkTarget is not null) return false;
        throw Failure("mkdir", path);
    }

    /// <summary>For reading a file that another process holds: every FileStream asks for a lock of its own, at least a shared one.</summary>
    public static SafeFileHandle OpenWithoutLock(string path)
    {
        var handle = open(Text(path), CloseOnExec);
        return handle >= 0 ? new SafeFileHandle(handle, ownsHandle: true) : throw Failure("open", path);
    }

    /// <summary>Does not follow a link at the end of the path. Null when there is nothing.</summary>
    public static Ownership? OwnerOf(string path)
    {
        var buffer = new byte[512];
        if (OperatingSystem.IsMacOS())
        {
            // struct stat with 64-bit inodes: mode at 4, uid at 16, gid at 20.
            if (lstat(Text(path), buffer) != 0) return null;
            return new(BitConverter.ToUInt32(buffer, 16), BitConverter.ToUInt32(buffer, 20), IsLink(BitConverter.ToUInt16(buffer, 4)));
        }
        // statx(2) has one layout on every architecture: uid at 20, gid at 24, mode at 28.
        if (statx(CurrentFolder, Text(path), NoFollow, BasicStats, buffer) != 0) return null;
        return new(BitConverter.ToUInt32(buffer, 20), BitConverter.ToUInt32(buffer, 24), IsLink(BitConverter.ToUInt16(buffer, 28)));
    }

    private static bool IsLink(int mode) => (mode & TypeMask) == TypeLink;

    private static byte[] Text(string path) => Encoding.UTF8.GetBytes(path + "\0");

    private static IOException Failure(string call, string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"{call} {path}: {new Win32Exception(error).Message}", error);
    }

    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint geteuid();

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int processId, int signal);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int lchown(byte[] path, uint userId, uint groupId);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int mkdir(byte[] path, uint mode);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int statx(int folder, byte[] path, int flags, uint mask, byte[] result);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int lstat(byte[] path, byte[] result);
}
