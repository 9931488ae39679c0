using System.Diagnostics;
using System.Text.RegularExpressions;
using App.Tests.Support;

namespace App.Tests.Architecture;

public sealed partial class ScriptsTests
{
    public static TheoryData<string> Scripts => [.. Repository.Files("bin").Concat(Repository.Files(".ci"))];

    [Theory, MemberData(nameof(Scripts))]
    public async Task A_script_can_be_parsed(string script)
    {
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-n", Repository.Path(script)]) { RedirectStandardError = true, UseShellExecute = false })!;
        var said = await bash.StandardError.ReadToEndAsync();
        await bash.WaitForExitAsync();
        bash.ExitCode.ShouldBe(0, said);
    }

    [Theory, MemberData(nameof(Scripts))]
    public void A_script_is_thin_stops_at_a_fault_and_knows_no_machine(string script)
    {
        var (text, lines) = (Repository.Read(script), File.ReadAllLines(Repository.Path(script)));
        lines.Length.ShouldBeLessThan(101);
        if (!script.EndsWith(".sh", StringComparison.Ordinal)) // those are sourced by scripts that say it
        {
            (lines[0], text.Contains("\nset -euo pipefail\n", StringComparison.Ordinal), text.Contains("\nset -eu\n", StringComparison.Ordinal)).ShouldBeOneOf(("#!/usr/bin/env bash", true, false), ("#!/bin/sh", false, true));
            File.GetUnixFileMode(Repository.Path(script)).HasFlag(UnixFileMode.UserExecute).ShouldBeTrue();
        }
        MachinePath().IsMatch(text).ShouldBeFalse("a script must run from any checkout on any machine");
        Backtick().IsMatch(text).ShouldBeFalse("use $(…)");
    }

    [GeneratedRegex(@"(?<![\w.$}])/(home|root|work|Users|opt|srv)/")]
    private static partial Regex MachinePath();

    [GeneratedRegex("^[^#]*`", RegexOptions.Multiline)]
    private static partial Regex Backtick();
}
