using System.Globalization;

namespace App.Bench.House;

/// <summary>Processor time and memory of processes and of the machine, from <c>/proc</c>.</summary>
static class ProcessTimes
{
    const double TicksPerSecond = 100;

    /// <summary>Seconds used so far by each named process; a name that begins with <c>postgres</c> counts its children too, also those that have ended.</summary>
    public static Dictionary<string, double> Of(IReadOnlyDictionary<string, int> pids)
    {
        var all = Directory.EnumerateDirectories("/proc").Select(d => Path.GetFileName(d)).Where(n => char.IsAsciiDigit(n[0])).Select(Read).OfType<Times>().ToArray();
        return pids.ToDictionary(p => p.Key, p => p.Key.StartsWith("postgres", StringComparison.Ordinal)
            ? all.Where(t => t.Pid == p.Value).Sum(t => t.Own + t.Reaped) + all.Where(t => t.Parent == p.Value).Sum(t => t.Own)
            : all.Where(t => t.Pid == p.Value).Sum(t => t.Own));
    }

    sealed record Times(int Pid, int Parent, double Own, double Reaped);

    static Times? Read(string pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            // A program's name may hold anything: what follows begins after its last parenthesis.
            var f = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return new(int.Parse(pid, CultureInfo.InvariantCulture), int.Parse(f[1], CultureInfo.InvariantCulture), Sum(f, 11, 12), Sum(f, 13, 14));
        }
        catch (IOException) { return null; } // ended meanwhile
    }

    static double Sum(string[] fields, int a, int b) => (double.Parse(fields[a], CultureInfo.InvariantCulture) + double.Parse(fields[b], CultureInfo.InvariantCulture)) / TicksPerSecond;

    /// <summary>Seconds since boot that all cores together were busy, waited for the disk, or were taken by the host.</summary>
    public static (double Busy, double Waiting, double Stolen) Machine()
    {
        var f = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(x => double.Parse(x, CultureInfo.InvariantCulture) / TicksPerSecond).ToArray();
        return (f[0] + f[1] + f[2] + f[5] + f[6], f[4], f[7]);
    }

    public static double ResidentMb(int pid) => Field(pid, "VmRSS:");
    public static double MostResidentMb(int pid) => Field(pid, "VmHWM:");

    static double Field(int pid, string name) =>
        double.Parse(File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;

    /// <summary>The process whose parent is this one and whose program has that name.</summary>
    public static int Descendant(int of, string program)
    {
        var all = Directory.EnumerateDirectories("/proc").Select(d => Path.GetFileName(d)).Where(n => char.IsAsciiDigit(n[0])).Select(Read).OfType<Times>().ToArray();
        foreach (var child in all.Where(t => t.Parent == of))
        {
            if (Name(child.Pid) == program) return child.Pid;
            if (Descendant(child.Pid, program) is > 0 and var deeper) return deeper;
        }
        return 0;
    }

    static string Name(int pid)
    {
        try { return File.ReadAllText($"/proc/{pid}/comm").Trim(); }
        catch (IOException) { return ""; }
    }
}
