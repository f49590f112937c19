using System.CommandLine;
using Lectern.Bench.Live;
using Lectern.Bench.Meter;

var root = new RootCommand("Measures Lectern. Each command prints a table and writes its figures, with machine, commit and settings, to bench/results.")
{
    LiveCommand.Create(),
    GenerateCommand.Create(),
    MeterCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
