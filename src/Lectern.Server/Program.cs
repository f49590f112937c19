return await Lectern.Server.CommandLine.LecternCommands.RunAsync(args);
