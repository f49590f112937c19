namespace Lectern.Platform.Backups;

/// <summary>Rows that mean something only to the nodes that are running: who fires which trigger, who holds which lock, who lives.</summary>
internal static class TransientRows
{
    private const string Triggers = "qrtz_triggers";

    /// <summary>Tables whose rows stay out of a backup. <c>migration</c> is in the manifest, and written anew by the migrations themselves.</summary>
    public static IReadOnlyList<string> LeftOut { get; } = ["migration", "qrtz_fired_triggers", "qrtz_locks", "qrtz_scheduler_state"];

    /// <summary>
    /// A trigger that a node had just taken would wait for ever for that node; it is free again. Quartz does the same for the triggers of a
    /// node that died, but only where it finds the node's fired triggers.
    /// </summary>
    public static string? Release(BackupManifest manifest) => !manifest.Tables.Any(table => table.Name == Triggers) ? null : $"""
        update {Triggers} set trigger_state = case trigger_state when 'PAUSED_BLOCKED' then 'PAUSED' else 'WAITING' end
        where trigger_state in ('ACQUIRED', 'EXECUTING', 'BLOCKED', 'PAUSED_BLOCKED')
        """;
}
