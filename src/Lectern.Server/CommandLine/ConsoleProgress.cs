namespace Lectern.Server.CommandLine;

/// <summary>Indented lines, written at once and in order (<see cref="Progress{T}"/> would post them to the pool).</summary>
internal sealed class ConsoleProgress : IProgress<string>
{
    public void Report(string value) => Console.WriteLine($"  {value}");
}
