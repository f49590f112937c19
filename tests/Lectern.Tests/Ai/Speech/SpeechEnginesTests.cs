using Lectern.Ai;
using Lectern.Ai.Contracts;
using Lectern.Ai.Speech.Espeak;
using Lectern.Tests.Fakes.Speech;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lectern.Tests.Ai.Speech;

/// <summary>Which voice and which ears the settings give.</summary>
public sealed class SpeechEnginesTests
{
    private static readonly (string, string)[] Endpoint =
        [("Ai:Speech:BaseUrl", "http://127.0.0.1:1/v1"), ("Ai:Speech:Name", "tts-1"), ("Ai:Speech:Voice", "alloy")];

    private static (string, string) Helper => ("Ai:Speech:Helper", EspeakOnThisMachine.Helper);

    [Fact]
    public async Task Without_settings_and_helper_there_is_neither_voice_nor_ears_nor_a_word_about_it()
    {
        await using var host = new SpeechHost(("Ai:Speech:Helper", "/no/such/Lectern.Espeak.dll"));

        Assert.Null(host.Engines.Voice);
        Assert.Null(host.Engines.Ears);
        Assert.Equal("", host.Log.Text);
    }

    [FactWithEspeak]
    public async Task An_endpoint_speaks_before_espeak_unless_espeak_is_asked_for()
    {
        await using var auto = new SpeechHost([Helper, .. Endpoint]);
        await using var espeak = new SpeechHost([Helper, .. Endpoint, ("Ai:Speech:Engine", "espeak")]);
        await using var alone = new SpeechHost(Helper);
        await using var none = new SpeechHost([Helper, .. Endpoint, ("Ai:Speech:Engine", "none")]);

        Assert.Equal(24_000, auto.Voice.SampleRate);
        Assert.Equal(22_050, espeak.Voice.SampleRate);
        Assert.Equal(22_050, alone.Voice.SampleRate);
        Assert.Null(none.Engines.Voice);
    }

    [Fact]
    public async Task Espeak_that_is_asked_for_and_missing_is_warned_of_once()
    {
        await using var host = new SpeechHost(("Ai:Speech:Engine", "espeak"), ("Ai:Speech:Helper", "/no/such/Lectern.Espeak.dll"));

        Assert.Null(host.Engines.Voice);
        Assert.Null(host.Engines.Voice);

        Assert.Single(host.Log.Text.Split('\n'), line => line.StartsWith("Warning Ai:Speech:Engine asks for espeak-ng", StringComparison.Ordinal));
    }

    [FactWithEspeak]
    public async Task A_helper_that_does_not_start_takes_the_voice_back_with_one_warning()
    {
        var broken = Path.GetTempFileName();
        await using var host = new SpeechHost(("Ai:Speech:Engine", "espeak"), ("Ai:Speech:Helper", broken));

        Assert.Equal(ModelFailure.Unreachable, (await host.FailureAsync()).Kind);
        Assert.Null(host.Engines.Voice);
        host.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(ModelFailure.Unreachable, (await host.FailureAsync()).Kind);

        Assert.Single(host.Log.Text.Split('\n'), line => line.StartsWith("Warning", StringComparison.Ordinal));
        File.Delete(broken);
    }

    [Theory]
    [InlineData("", "en", "en-gb")]
    [InlineData("", "en-US", "en-us")]
    [InlineData("", "en_us", "en-us")]
    [InlineData("", "de-AT", "de")]
    [InlineData("", "fr-CA", "fr-fr")]
    [InlineData("", "zh-Hant-TW", "cmn")]
    [InlineData("", "pt-BR", "pt")]
    [InlineData("", "xx", "en-gb")]
    [InlineData("", "", "en-gb")]
    [InlineData("EN-US", "en-GB", "en-us")]
    [InlineData("en-us", "de", "de")]
    [InlineData("+f3", "de", "de+f3")]
    [InlineData("en-us+f3", "en", "en-us+f3")]
    [InlineData("en-us+f3", "de", "de+f3")]
    [InlineData("de+f99", "de", "de")]
    [InlineData("de+../f3", "de", "de")]
    [InlineData("alloy", "de", "de")]
    public void A_voice_is_chosen_by_wish_and_language(string wished, string language, string chosen)
    {
        var voices = new EspeakVoices(
        [
            new("cmn", Priorities(("cmn", 5), ("zh", 5))), new("de", Priorities(("de", 5))), new("en-029", Priorities(("en-029", 5), ("en", 10))),
            new("en-gb", Priorities(("en-gb", 2), ("en", 2))), new("en-us", Priorities(("en-us", 2), ("en", 3))), new("fr-be", Priorities(("fr-be", 5), ("fr", 8))),
            new("fr-fr", Priorities(("fr-fr", 5), ("fr", 5))), new("pt", Priorities(("pt", 5))),
        ], ["f3"]);

        Assert.Equal(chosen, voices.Choose(wished, language));
    }

    [Theory]
    [InlineData("Speech:BaseUrl", "api.openai.com", "Ai:Speech:BaseUrl is not an http or https address")]
    [InlineData("Speech:BaseUrl", "https://llm.example/v1/audio/speech", "Ai:Speech:BaseUrl ends in /audio/speech")]
    [InlineData("Speech:BaseUrl", "", "Ai:Speech:BaseUrl is missing")]
    [InlineData("Speech:ApiKey", "", "Ai:Speech:ApiKey is missing: llm.example is on the internet")]
    [InlineData("Speech:Name", "", "Ai:Speech:Name is missing")]
    [InlineData("Speech:Voice", "", "Ai:Speech:Voice is missing")]
    [InlineData("Speech:Workers", "0", "Workers must be between 1 and 16")]
    [InlineData("Speech:FirstByteSeconds", "0", "FirstByteSeconds must be between 0.5 and 60")]
    [InlineData("Speech:IdleSeconds", "0", "IdleSeconds must be between 0.5 and 60")]
    [InlineData("Speech:SampleRate", "7", "SampleRate must be between 8000 and 48000")]
    [InlineData("Transcription:BaseUrl", "https://llm.example/v1/audio/transcriptions", "Ai:Transcription:BaseUrl ends in /audio/transcriptions")]
    [InlineData("Transcription:BaseUrl", "https://user:sesame@llm.example/v1", "Ai:Transcription:BaseUrl holds a user name or password")]
    [InlineData("Transcription:ApiKey", "sésame", "Ai:Transcription:ApiKey holds a space, a line break or a letter outside of ASCII")]
    [InlineData("Transcription:Name", "", "Ai:Transcription:Name is missing")]
    [InlineData("Transcription:TimeoutSeconds", "0", "TimeoutSeconds must be between 1 and 120")]
    public async Task A_setting_that_cannot_work_is_named_at_the_start(string name, string value, string told)
    {
        var settings = new Dictionary<string, string?> { ["Ai:Speech:Voice"] = "alloy" };
        foreach (var section in (string[])["Speech", "Transcription"])
            (settings[$"Ai:{section}:BaseUrl"], settings[$"Ai:{section}:ApiKey"], settings[$"Ai:{section}:Name"]) = ("https://llm.example/v1", "sesame", "wise-owl-1");
        settings[$"Ai:{name}"] = value;
        await using var services = AiHost.Services(settings).BuildServiceProvider(validateScopes: true);

        var invalid = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Contains(told, invalid.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", invalid.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_engine_that_needs_an_endpoint_must_have_one()
    {
        await using var services = AiHost.Services([KeyValuePair.Create("Ai:Speech:Engine", (string?)"endpoint")]).BuildServiceProvider(validateScopes: true);

        var invalid = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Contains("Ai:Speech:BaseUrl is missing: Ai:Speech:Engine asks for an endpoint", invalid.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_do_not_show_the_key_when_written_out()
    {
        var options = new AiOptions
        {
            Speech = new() { BaseUrl = "https://llm.example/v1", Name = "tts-1", ApiKey = "sesame" },
            Transcription = new() { BaseUrl = "https://llm.example/v1", Name = "whisper-1", ApiKey = "sesame" },
        };

        Assert.Contains("tts-1 at https://llm.example/v1", options.ToString(), StringComparison.Ordinal);
        Assert.Contains("whisper-1 at https://llm.example/v1", options.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", options.ToString(), StringComparison.Ordinal);
    }

    private static Dictionary<string, int> Priorities(params (string Tag, int Priority)[] languages) => languages.ToDictionary(language => language.Tag, language => language.Priority);
}
