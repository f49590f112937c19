using System.ComponentModel.DataAnnotations;
using Lectern.Platform.Schools;

namespace Lectern.Tutoring.Settings;

/// <summary>What a school decides about its conversations. Limits that are null are the installation's; they cannot be raised above those.</summary>
public sealed record TutoringSetting : ISchoolSetting
{
    public static string SettingName => "tutoring";

    /// <summary>Whether the teachers of a course may read its conversations. Students are told before they begin.</summary>
    public bool TeachersMayRead { get; init; }

    /// <summary>Whether a browser may recognise speech by itself where the school has no ears of its own: its vendor then hears the student.</summary>
    public bool BrowserRecognition { get; init; }

    [Range(1, 240)]
    public int? SessionMinutes { get; init; }

    [Range(1, 100)]
    public int? SessionsAtOnce { get; init; }

    [Range(1, 1_000)]
    public int? SessionsPerDay { get; init; }

    [Range(1, 1_000)]
    public int? MessagesPerSession { get; init; }
}

/// <summary>The limits that hold for a student of a school.</summary>
internal sealed record SessionLimits(int Minutes, int IdleMinutes, int AtOnce, int PerDay, int Messages)
{
    public static SessionLimits Of(TutoringOptions installation, TutoringSetting school) => new(
        Stricter(installation.SessionMinutes, school.SessionMinutes),
        installation.IdleMinutes,
        Stricter(installation.SessionsAtOnce, school.SessionsAtOnce),
        Stricter(installation.SessionsPerDay, school.SessionsPerDay),
        Stricter(installation.MessagesPerSession, school.MessagesPerSession));

    private static int Stricter(int installation, int? school) => Math.Min(installation, school ?? installation);
}
