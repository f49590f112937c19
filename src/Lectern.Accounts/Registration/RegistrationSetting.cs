using Lectern.Platform.Schools;

namespace Lectern.Accounts.Registration;

/// <summary>Whether anybody may make a student's account, or only who was invited.</summary>
internal sealed record RegistrationSetting : ISchoolSetting
{
    public static string SettingName => "accounts.registration";

    public bool IsOpen { get; init; }
}
