using System.CommandLine;
using Lectern.Bench.Chaos;
using Lectern.Bench.Compare;
using Lectern.Bench.Live;
using Lectern.Bench.Pages;
using Lectern.Bench.Start;
using Lectern.Bench.Plan;

var root = new RootCommand("Measures Lectern. Each command prints a table and writes its figures, with machine, commit and settings, to bench/results.")
{
    LiveCommand.Create(),
    GenerateCommand.Create(),
    ChaosCommand.Create(),
    PagesCommand.Create(),
    StartCommand.Create(),
    CompareCommand.Create(),
    PlanCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
