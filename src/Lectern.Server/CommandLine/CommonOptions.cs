using System.CommandLine;
using System.ComponentModel.DataAnnotations;
using Lectern.Platform;
using Lectern.Server.Hosting;

namespace Lectern.Server.CommandLine;

/// <summary>What every command reads in the same way: appsettings.json, then the environment, then flags.</summary>
internal static class CommonOptions
{
    public static Option<string?> Data { get; } = new("--data") { Description = "Folder for the database, files, keys and logs (./data)." };

    public static WebApplicationBuilder Builder(ParseResult parsed, IEnumerable<KeyValuePair<string, string?>>? flags = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, Args = [] });
        if (Environment.GetEnvironmentVariable("LECTERN_DATA") is { Length: > 0 } folder)
            builder.Configuration.AddInMemoryCollection([new("Lectern:Data", folder)]);
        if (parsed.GetValue(Data) is { } data)
            builder.Configuration.AddInMemoryCollection([new("Lectern:Data", data)]);
        builder.Configuration.AddInMemoryCollection(flags ?? []);
        return builder;
    }

    /// <summary>For commands: warnings and worse, on the console.</summary>
    public static ILoggerFactory Loggers() =>
        LoggerFactory.Create(logging => logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning));

    /// <exception cref="CommandFailedException">A value is not usable; the message names it.</exception>
    public static ServerOptions Read(IConfiguration configuration)
    {
        try
        {
            var options = configuration.GetSection("Lectern").Get<ServerOptions>() ?? new ServerOptions();
            Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
            return options;
        }
        catch (ValidationException invalid)
        {
            throw new CommandFailedException($"The configuration is not usable: {invalid.Message}", invalid);
        }
        catch (InvalidOperationException invalid)
        {
            throw new CommandFailedException($"The configuration is not usable: {invalid.Message} {invalid.InnerException?.Message}", invalid);
        }
    }

    /// <exception cref="CommandFailedException">The folder cannot be made or used.</exception>
    public static DataFolder OpenData(ServerOptions options)
    {
        try
        {
            return new DataFolder(options.Data);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"The data folder {Path.GetFullPath(options.Data)} cannot be used: {failure.Message}", failure);
        }
    }
}
