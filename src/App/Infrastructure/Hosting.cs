using App.Infrastructure.Postgres;
using Npgsql;

namespace App.Infrastructure;

/// <summary>How the process starts: configuration, limits, the database.</summary>
public static class Hosting
{
    /// <summary>Configuration: appsettings.json, then the environment (<c>Foyer__Section__Key</c>), then the command line. Files are not watched: a watcher below the content root would follow every write of an embedded database.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(Hosting).Assembly.GetName().Name, Args = ["--hostBuilder:reloadConfigOnChange=false", .. args], ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddEnvironmentVariables("Foyer__").AddCommandLine(args);
        if (!builder.Environment.IsDevelopment()) builder.Logging.ClearProviders().AddJsonConsole(o => o.UseUtcTimestamp = true);
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            // security.md S49: nobody needs to send us a megabyte, or to take ten seconds over a header.
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });
        builder.WebHost.UseStaticWebAssets();
        return builder;
    }

    /// <summary>Opens the database, brings its tables up to this version and takes its clock.</summary>
    public static async Task AddDatabase(this WebApplicationBuilder builder)
    {
        var database = await Database.Open(builder.Configuration, builder.Environment.ContentRootPath, CancellationToken.None);
        try
        {
            using var logs = LoggerFactory.Create(l => l.AddConfiguration(builder.Configuration.GetSection("Logging")).AddConsole());
            await new Migrations(database.Reads, Migrations.In(typeof(Hosting).Assembly), logs.CreateLogger<Migrations>()).Apply(CancellationToken.None);
            var clock = new DatabaseClock();
            await clock.Measure(database.Reads, CancellationToken.None);
            builder.Services
                .AddSingleton(_ => database) // made by a factory, so that the container closes it, and last
                .AddSingleton<TimeProvider>(clock)
                .AddSingleton(clock)
                .AddKeyedSingleton<NpgsqlDataSource>("writes", (s, _) => s.GetRequiredService<Database>().Writes)
                .AddKeyedSingleton<NpgsqlDataSource>("reads", (s, _) => s.GetRequiredService<Database>().Reads)
                .AddHostedService<ClockKeeper>();
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Where a checkout keeps what it makes for itself: never committed, and nothing in it is missed when it goes.</summary>
    public static string DataDirectory(string contentRoot)
    {
        for (var folder = new DirectoryInfo(contentRoot); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "App.sln"))) return Path.Combine(folder.FullName, ".data");
        return Path.Combine(contentRoot, ".data");
    }
}
