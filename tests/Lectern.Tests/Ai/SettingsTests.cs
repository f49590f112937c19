using Lectern.Ai;
using Lectern.Ai.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Lectern.Tests.Ai;

/// <summary>Settings that cannot work are named when the program starts, not when the first student asks.</summary>
public sealed class SettingsTests
{
    [Fact]
    public async Task Without_an_address_there_is_no_model()
    {
        await using var services = Start([]);

        services.GetRequiredService<IStartupValidator>().Validate();
        var models = services.GetRequiredService<ILanguageModels>();

        Assert.Null(models.Teacher);
        Assert.Equal("", models.TeacherName);
    }

    [Theory]
    [InlineData("https://api.openai.com/v1", "sk-key")]
    [InlineData("https://api.openai.com/v1/", "sk-key")]
    [InlineData("http://127.0.0.1:11434/v1", "")]
    [InlineData("http://gpu.school.example:8000/v1", "")]
    [InlineData("https://localhost/v1", "")]
    [InlineData("https://ollama/v1", "")]
    [InlineData("https://gpu.school.lan/v1", "")]
    [InlineData("https://10.1.2.3/v1", "")]
    [InlineData("https://172.31.0.1/v1", "")]
    [InlineData("https://[fd00::7]/v1", "")]
    public async Task A_model_is_connected_by_address_name_and_where_needed_a_key(string address, string key)
    {
        await using var services = Start(new() { ["BaseUrl"] = address, ["ApiKey"] = key, ["Name"] = "wise-owl-1" });

        services.GetRequiredService<IStartupValidator>().Validate();
        var models = services.GetRequiredService<ILanguageModels>();

        Assert.NotNull(models.Teacher);
        Assert.Equal("wise-owl-1", models.TeacherName);
    }

    [Theory]
    [InlineData("BaseUrl", "api.openai.com", "Ai:Model:BaseUrl is not an http or https address")]
    [InlineData("BaseUrl", "ftp://api.openai.com/v1", "Ai:Model:BaseUrl is not an http or https address")]
    [InlineData("BaseUrl", "https://user:sesame@llm.example/v1", "Ai:Model:BaseUrl holds a user name or password")]
    [InlineData("BaseUrl", "https://llm.example/v1?api-version=1", "Ai:Model:BaseUrl ends in a ? or # part")]
    [InlineData("BaseUrl", "https://llm.example/v1/chat/completions", "Ai:Model:BaseUrl ends in /chat/completions")]
    [InlineData("BaseUrl", "", "Ai:Model:BaseUrl is missing")]
    [InlineData("Name", "", "Ai:Model:Name is missing")]
    [InlineData("Name", "  ", "Ai:Model:Name is missing")]
    [InlineData("ApiKey", "", "Ai:Model:ApiKey is missing: llm.example is on the internet")]
    [InlineData("ApiKey", "sesame\n", "Ai:Model:ApiKey holds a space, a line break")]
    [InlineData("ApiKey", "sesame open", "Ai:Model:ApiKey holds a space, a line break")]
    [InlineData("ApiKey", "sésame", "Ai:Model:ApiKey holds a space, a line break or a letter outside of ASCII")]
    [InlineData("FirstTokenSeconds", "0.9", "FirstTokenSeconds must be between 1 and 300")]
    [InlineData("FirstTokenSeconds", "300.4", "FirstTokenSeconds must be between 1 and 300")]
    [InlineData("FirstTokenSeconds", "NaN", "FirstTokenSeconds must be between 1 and 300")]
    [InlineData("IdleSeconds", "-1", "IdleSeconds must be between 1 and 300")]
    [InlineData("TotalSeconds", "1e300", "TotalSeconds must be between 1 and 3600")]
    [InlineData("TotalSeconds", "Infinity", "TotalSeconds must be between 1 and 3600")]
    [InlineData("MaxOutputTokens", "0", "MaxOutputTokens must be between 16 and 100000")]
    [InlineData("Temperature", "2.4", "Temperature must be between 0 and 2")]
    [InlineData("BreakSeconds", "0", "BreakSeconds must be between 1 and 3600")]
    public async Task A_setting_that_cannot_work_is_named_at_the_start(string name, string value, string told)
    {
        await using var services = Start(new() { ["BaseUrl"] = "https://llm.example/v1", ["ApiKey"] = "sesame", ["Name"] = "wise-owl-1", [name] = value });

        var invalid = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Contains(told, invalid.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", invalid.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Something_that_is_no_number_is_named_at_the_start()
    {
        await using var services = Start(new() { ["BaseUrl"] = "http://127.0.0.1/v1", ["Name"] = "wise-owl-1", ["TotalSeconds"] = "two minutes" });

        var invalid = Assert.Throws<InvalidOperationException>(services.GetRequiredService<IStartupValidator>().Validate);

        Assert.Contains("Ai:Model:TotalSeconds", invalid.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_do_not_show_the_key_when_written_out()
    {
        var options = new AiOptions { Model = new() { BaseUrl = "https://llm.example/v1", Name = "wise-owl-1", ApiKey = "sesame" } };

        Assert.Contains("wise-owl-1 at https://llm.example/v1", options.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", options.ToString(), StringComparison.Ordinal);
    }

    private static ServiceProvider Start(Dictionary<string, string?> settings) =>
        AiHost.Services(settings.Select(setting => KeyValuePair.Create($"Ai:Model:{setting.Key}", setting.Value))).BuildServiceProvider(validateScopes: true);
}
