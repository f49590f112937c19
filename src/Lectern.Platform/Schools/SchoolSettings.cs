using System.Text.Json;
using Lectern.Platform.Data;
using Microsoft.EntityFrameworkCore;

namespace Lectern.Platform.Schools;

/// <summary>A setting that a school makes for itself. The record's own initialisers are the defaults.</summary>
public interface ISchoolSetting
{
    /// <summary>Stable name, such as <c>accounts.registration</c>.</summary>
    static abstract string SettingName { get; }
}

/// <summary>Reads and writes the settings of the school of the scope.</summary>
public sealed class SchoolSettings(LecternDb db, TimeProvider time)
{
    public async Task<T> GetAsync<T>(CancellationToken ct)
        where T : class, ISchoolSetting, new()
    {
        var name = T.SettingName;
        var json = await db.Set<SchoolSettingRecord>().AsNoTracking().Frequent().Where(setting => setting.Name == name).Select(setting => setting.Value).SingleOrDefaultAsync(ct);
        return json is null ? new T() : JsonSerializer.Deserialize<T>(json, JsonSerializerOptions.Web) ?? new T();
    }

    public async Task SetAsync<T>(T value, CancellationToken ct)
        where T : class, ISchoolSetting
    {
        var json = JsonSerializer.Serialize(value, JsonSerializerOptions.Web);
        var name = T.SettingName;
        var record = await db.Set<SchoolSettingRecord>().SingleOrDefaultAsync(setting => setting.Name == name, ct);
        if (record is null)
            db.Add(SchoolSettingRecord.Create(name, json, time.GetUtcNow()));
        else
            record.Change(json, time.GetUtcNow());
        await db.SaveChangesAsync(ct);
    }
}

internal sealed class SchoolSettingRecord : ISchoolOwned
{
    public Guid SchoolId { get; private set; }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = "";

    public string Value { get; private set; } = "";

    public DateTimeOffset ChangedAt { get; private set; }

    public static SchoolSettingRecord Create(string name, string value, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), Name = name, Value = value, ChangedAt = now };

    public void Change(string value, DateTimeOffset now) => (Value, ChangedAt) = (value, now);
}
