using App.Features.Content.Package;

namespace App.Features.Content.Contracts;

public static class ContentWidgets
{
    /// <summary>What settings.json calls the widgets of a home.</summary>
    public static IReadOnlyCollection<string> Kinds => SettingsReader.Kinds.Keys;
}
