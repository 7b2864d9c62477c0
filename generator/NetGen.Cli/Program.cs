return NetGen.Cli.CommandLine.Run(args, Console.Out, Console.Error);
