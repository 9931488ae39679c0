using App.Tests.Support;

namespace App.Tests.Features.Live;

/// <summary>A conference whose sound goes through a provider.</summary>
public sealed class SoundHall : TalkHall
{
    public SandboxHost Sandbox { get; private set; } = null!;

    protected override string[] Settings => [$"--Sound:WhipUrl={Sandbox.BaseUrl}whip/{{channel}}", $"--Sound:WhepUrl={Sandbox.BaseUrl}whep/{{channel}}", "--Sound:Token=sound-token", "--Sound:PrivateHosts:0=127.0.0.1"];

    public override async Task InitializeAsync()
    {
        Sandbox = await SandboxHost.Start();
        await base.InitializeAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await Sandbox.DisposeAsync();
    }
}
