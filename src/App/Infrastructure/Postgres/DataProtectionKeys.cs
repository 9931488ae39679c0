using System.Xml.Linq;
using App.Infrastructure.Store;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Npgsql;

namespace App.Infrastructure.Postgres;

/// <summary>ASP.NET Core's data-protection keys in the database, so that every replica reads every replica's cookies.</summary>
sealed class DataProtectionKeys(NpgsqlDataSource db) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var command = db.CreateCommand("select xml from data_protection_keys");
        using var rows = command.ExecuteReader();
        var found = new List<XElement>();
        while (rows.Read()) found.Add(XElement.Parse(rows.GetString(0)));
        return found;
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var command = db.CreateCommand("insert into data_protection_keys (name, xml) values ($1, $2) on conflict do nothing");
        Sql.Bind(command.Parameters, [friendlyName, element.ToString(SaveOptions.DisableFormatting)]);
        command.ExecuteNonQuery();
    }
}
