using JobWatcher.Demo;

return await DemoCommand.InvokeAsync(args);
