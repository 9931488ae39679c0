using System.IO.Pipelines;
using System.Text;
using App.Infrastructure.Live;
using App.Tests.Support;

namespace App.Tests.Infrastructure.Live;

public sealed class LiveReaderTests
{
    static readonly Func<ReadOnlyMemory<byte>> Whole = () => "whole"u8.ToArray();

    static async Task<string> Read(Pipe pipe)
    {
        var text = new StringBuilder();
        while (pipe.Reader.TryRead(out var read))
        {
            text.Append(Encoding.ASCII.GetString(read.Buffer));
            pipe.Reader.AdvanceTo(read.Buffer.End);
        }
        await Task.CompletedTask;
        return text.ToString();
    }

    static void Beat(LiveReader reader, int beat, int version) => reader.Beat(beat, version, Encoding.ASCII.GetBytes($"to{version} "), Whole, "beat "u8.ToArray());

    [Fact]
    public async Task There_is_never_more_than_one_message_between_two_beats()
    {
        var pipe = new Pipe();
        var reader = new LiveReader(pipe.Writer, () => { }, null);
        reader.Begin("all "u8.ToArray(), 1, 1);
        Beat(reader, 2, 2); // less than a second after the beginning
        (await Read(pipe)).ShouldBe("all ");
        Beat(reader, 3, 2);
        Beat(reader, 4, 2);
        Beat(reader, 5, 3);
        (await Read(pipe)).ShouldBe("to2 to3 ");
    }

    [Fact]
    public async Task Who_missed_a_version_gets_the_whole_and_who_hears_nothing_a_heartbeat()
    {
        var pipe = new Pipe();
        var reader = new LiveReader(pipe.Writer, () => { }, null);
        reader.Begin(default, 1, 0);
        Beat(reader, 2, 4);
        (await Read(pipe)).ShouldBe("whole");
        for (var beat = 3; beat < 3 + LiveReader.Quiet; beat++) Beat(reader, beat, 4);
        (await Read(pipe)).ShouldBe("beat ");
    }

    [Fact]
    public async Task Nothing_is_put_by_for_a_slow_reader_and_in_the_end_it_is_let_go_of()
    {
        var (pipe, aborted) = (new Pipe(new PipeOptions(pauseWriterThreshold: 8, resumeWriterThreshold: 4)), 0);
        var reader = new LiveReader(pipe.Writer, () => aborted++, null);
        reader.Begin("more than eight"u8.ToArray(), 1, 0);
        for (var beat = 1; beat <= LiveReader.Patience; beat++) Beat(reader, beat, beat + 1);
        aborted.ShouldBe(0);
        pipe.Reader.TryRead(out var read).ShouldBeTrue();
        read.Buffer.Length.ShouldBe("more than eight".Length);
        pipe.Reader.AdvanceTo(read.Buffer.Start, read.Buffer.Start);
        Beat(reader, LiveReader.Patience + 1, 99);
        aborted.ShouldBe(1);
        // When it takes what it was sent, it is told the newest, at once.
        pipe.Reader.TryRead(out read);
        pipe.Reader.AdvanceTo(read.Buffer.End);
        await Eventually.Is(() => { Beat(reader, LiveReader.Patience + 2, 99); return Task.FromResult(pipe.Reader.TryRead(out read)); });
        Encoding.ASCII.GetString(read.Buffer).ShouldBe("whole");
    }

    [Fact]
    public async Task Nothing_is_written_once_it_is_closed()
    {
        var pipe = new Pipe();
        var reader = new LiveReader(pipe.Writer, () => { }, null);
        await reader.Close();
        Beat(reader, 5, 7);
        (await Read(pipe)).ShouldBeEmpty();
    }
}
