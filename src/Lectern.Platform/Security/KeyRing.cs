using System.Xml.Linq;
using Lectern.Platform.Data;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace Lectern.Platform.Security;

/// <summary>
/// ASP.NET Core's data-protection keys in the database, each encrypted by the master key, so that every node reads the same ring
/// and a copy of the database alone opens nothing.
/// </summary>
internal sealed class KeyRing(NpgsqlDataSource database, MasterKey master, TimeProvider time) : IXmlRepository
{
    internal const string Purpose = "key-ring";

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = database.CreateCommand("select xml from key_ring order by created_at");
        using var reader = command.ExecuteReader();
        var keys = new List<XElement>();
        while (reader.Read())
            keys.Add(XElement.Parse(master.Decrypt(reader.GetString(0), Purpose)));
        return keys;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = database.CreateCommand("insert into key_ring (id, name, xml) values ($1, $2, $3) on conflict (name) do nothing");
        command.Parameters.Add(new NpgsqlParameter { Value = Guid.CreateVersion7(time.GetUtcNow()) });
        command.Parameters.Add(new NpgsqlParameter { Value = friendlyName });
        command.Parameters.Add(new NpgsqlParameter { Value = master.Encrypt(element.ToString(SaveOptions.DisableFormatting), Purpose) });
        command.ExecuteNonQuery();
    }
}
