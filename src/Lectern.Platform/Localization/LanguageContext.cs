namespace Lectern.Platform.Localization;

/// <summary>The language chosen for the scope; none in background work, where the caller names a language.</summary>
public sealed class LanguageContext
{
    public Language? Current { get; set; }
}
