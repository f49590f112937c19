using System.CommandLine;
using Lectern.Bench.Chaos;
using Lectern.Bench.Compare;
using Lectern.Bench.Live;
using Lectern.Bench.Meter;
using Lectern.Bench.Pages;
using Lectern.Bench.Plan;
using Lectern.Bench.Processes;
using Lectern.Bench.Start;

// What people run is compiled ahead of time, so the bench, which holds the program, runs like that, too.
if (!Published.IsBench)
    return await Published.RunBenchAsync(args);

var root = new RootCommand("Measures Lectern. Each command prints a table and writes its figures, with machine, commit and settings, to bench/results.")
{
    LiveCommand.Create(),
    GenerateCommand.Create(),
    ChaosCommand.Create(),
    PagesCommand.Create(),
    StartCommand.Create(),
    CompareCommand.Create(),
    PlanCommand.Create(),
    MeterCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
