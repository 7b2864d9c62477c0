using FromScratch;

// dotnet run --project samples/FromScratch -- backprop
if (args is [string name] && Course.Chapters.FirstOrDefault(chapter => chapter.Name == name) is { } chosen)
{
    chosen.Run(Console.Out);
    return 0;
}
Console.WriteLine("Give the name of a chapter; its text is docs/from-scratch.");
foreach (Chapter chapter in Course.Chapters)
{
    Console.WriteLine($"  {chapter.Name,-16}{chapter.Title}");
}
return args.Length == 0 ? 0 : 2;
