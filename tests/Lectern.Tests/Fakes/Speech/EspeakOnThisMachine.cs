using Lectern.Ai;
using Lectern.Ai.Speech.Espeak;

namespace Lectern.Tests.Fakes.Speech;

/// <summary>The helper of espeak-ng as it was built in this checkout.</summary>
internal static class EspeakOnThisMachine
{
    /// <summary>The helper's file; <c>dotnet build helpers/espeak</c> makes it.</summary>
    public static string Helper { get; } = Path.Combine(
        Repository.Root, "helpers", "espeak", "bin", AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0", "Lectern.Espeak.dll");

    public static bool IsMissing =>
        (!EspeakInstallation.HasLibrary() || EspeakInstallation.Helper(new SpeechOptions { Helper = Helper }) is null) && Environment.GetEnvironmentVariable("LECTERN_REQUIRE_ESPEAK") != "1";
}

/// <summary>A test that needs espeak-ng and its helper, which `./test` installs and builds. Without them the test says aloud that it did not run.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FactWithEspeakAttribute : FactAttribute
{
    public FactWithEspeakAttribute()
    {
        if (EspeakOnThisMachine.IsMissing) Skip = EspeakMissing.Told;
    }
}

/// <inheritdoc cref="FactWithEspeakAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TheoryWithEspeakAttribute : TheoryAttribute
{
    public TheoryWithEspeakAttribute()
    {
        if (EspeakOnThisMachine.IsMissing) Skip = EspeakMissing.Told;
    }
}

internal static class EspeakMissing
{
    public const string Told = "espeak-ng OR ITS HELPER IS NOT INSTALLED: the voice of the server was not tested (apt-get install espeak-ng; dotnet build helpers/espeak, or run ./test as root)";
}
