using System.IO.Pipelines;
using System.Text;
using App.Infrastructure.Live;

namespace App.Tests.Infrastructure.Live;

public sealed class LiveChannelTests
{
    static string Read(Pipe pipe)
    {
        if (!pipe.Reader.TryRead(out var read)) return "";
        var text = Encoding.UTF8.GetString(read.Buffer);
        pipe.Reader.AdvanceTo(read.Buffer.End);
        return text;
    }

    /// <summary>It had just begun, so the beat in which something changed was too early for it: the next one tells it.</summary>
    [Fact]
    public void Who_came_less_than_a_second_before_a_change_hears_of_it_a_beat_later()
    {
        var (channel, pipe) = (new LiveChannel(Guid.Empty), new Pipe());
        channel.Set("people", "0");
        channel.Add(new LiveReader(pipe.Writer, () => { }, null), 1).ShouldBeTrue();
        Read(pipe).ShouldBe("retry:4000\ndata:{\"people\":0}\n\n");
        channel.Set("people", "1");
        channel.Beat(2, default);
        channel.Beat(3, default);
        Read(pipe).ShouldBe("data:{\"people\":1}\n\n");
        channel.Set("now", "7");
        channel.Beat(4, default);
        Read(pipe).ShouldBe("data:{\"now\":7}\n\n");
    }

    /// <summary>What was true when it came was told twice: at once, and with the first beat as if it were news.</summary>
    [Fact]
    public void Who_comes_is_told_once_what_is_true_and_others_hear_what_changed_meanwhile()
    {
        var (channel, first, second) = (new LiveChannel(Guid.Empty), new Pipe(), new Pipe());
        channel.Set("people", "0");
        channel.Set("now", "7");
        channel.Add(new LiveReader(first.Writer, () => { }, null), 0);
        Read(first).ShouldBe("retry:4000\ndata:{\"now\":7,\"people\":0}\n\n");
        for (var beat = 1; beat < 5; beat++) channel.Beat(beat, default);
        Read(first).ShouldBeEmpty();
        channel.Set("people", "1");
        channel.Add(new LiveReader(second.Writer, () => { }, null), 4);
        Read(second).ShouldBe("retry:4000\ndata:{\"now\":7,\"people\":1}\n\n");
        for (var beat = 5; beat < 9; beat++) channel.Beat(beat, default);
        (Read(first), Read(second)).ShouldBe(("data:{\"people\":1}\n\n", ""));
    }

    [Fact]
    public void A_channel_that_nobody_reads_is_closed_and_takes_nobody_any_more()
    {
        var (channel, pipe) = (new LiveChannel(Guid.Empty), new Pipe());
        var reader = new LiveReader(pipe.Writer, () => { }, 7);
        channel.Add(reader, 0);
        channel.CloseIfEmpty().ShouldBeFalse();
        channel.People.People.ShouldBe([7ul]);
        channel.Remove(reader);
        channel.CloseIfEmpty().ShouldBeTrue();
        channel.Add(new LiveReader(pipe.Writer, () => { }, null), 0).ShouldBeFalse();
    }
}
