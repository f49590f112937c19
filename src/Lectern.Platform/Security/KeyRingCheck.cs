using System.Security.Cryptography;
using Npgsql;

namespace Lectern.Platform.Security;

/// <summary>The master key is not the one that the database's secrets were encrypted by.</summary>
public sealed class WrongMasterKeyException(string message) : Exception(message);

/// <summary>
/// Finds out before the first request whether this installation's key reads what is in the database. Otherwise every sign-in and every form would fail
/// with an error that tells nobody why.
/// </summary>
public static class KeyRingCheck
{
    /// <param name="setting"><c>Lectern:MasterKey</c>, if set; else the key came from the data folder.</param>
    /// <exception cref="WrongMasterKeyException">The key ring has keys that it cannot read; the message says what to do.</exception>
    public static async Task RefuseUnreadableAsync(NpgsqlDataSource database, MasterKey key, string? setting, DataFolder data, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        if (!await IsReadableAsync(connection, key, ct))
            throw new WrongMasterKeyException(
                $"The secrets in the database were encrypted by another master key than {MasterKey.Source(setting, data)}. Put back the key of this installation: every backup has it " +
                $"(`tar -xzOf BACKUP {MasterKey.FileName} > {MasterKey.FileName}`, into the data folder, readable by Lectern's user only), or set Lectern:MasterKey. " +
                "If it is lost for good, empty the table key_ring: everybody is then signed out, and stored secrets have to be entered again. Nothing was changed.");
    }

    /// <summary>True when there is nothing to read, or the key reads all of it.</summary>
    internal static async Task<bool> IsReadableAsync(NpgsqlConnection connection, MasterKey? key, CancellationToken ct)
    {
        await using var exists = new NpgsqlCommand("select to_regclass('public.key_ring') is not null", connection);
        if (await exists.ExecuteScalarAsync(ct) is not true)
            return true;
        await using var command = new NpgsqlCommand("select xml from key_ring", connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            if (key is null || !CanRead(key, reader.GetString(0)))
                return false;
        }
        return true;
    }

    private static bool CanRead(MasterKey key, string text)
    {
        try
        {
            key.Decrypt(text, KeyRing.Purpose);
            return true;
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException)
        {
            return false;
        }
    }
}
