using JobWatcher.Simulator.Commands;

return await CommandLine.RunAsync(args);
