using JobWatcher.Commands;

return await CommandLine.InvokeAsync(args);
