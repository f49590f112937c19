namespace Lectern.Platform.Backups;

/// <summary>A backup could not be written, read or restored. The message is for the person who asked: what is wrong, what was kept.</summary>
public sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);
