using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace App.Infrastructure.Postgres;

/// <param name="DataDirectory">Made when it isn't there.</param>
/// <param name="SearchFrom">Where the look for node_modules begins, upwards.</param>
/// <param name="Durable">False only in tests that don't ask about crashes: no fsync at all.</param>
/// <param name="Settings">Further <c>name=value</c> settings.</param>
public sealed record EmbeddedPostgresOptions(string DataDirectory, string SearchFrom, bool Durable = true, IReadOnlyList<string>? Settings = null, Action<string>? Log = null);

/// <summary>
/// A private PostgreSQL for a machine that has none. Serves on a Unix socket in a folder of our own, so there is no port to collide and no password to keep; ends with this
/// process, even when it is killed; recovers from a killed server, a half-made data folder and a stale pid file. A second process on the same folder attaches to the first's.
/// Linux and macOS only.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    const string Superuser = "foyer";

    // sh supervises: its stdin is a pipe from us. However we end, the pipe closes and it asks for a fast shutdown. setsid: a Ctrl-C at the terminal
    // reaches us alone, so that we can drain first.
    const string Supervisor = """
        exec 3<&0 </dev/null
        "$@" & pg=$!
        ( cat <&3 >/dev/null; kill -INT $pg 2>/dev/null ) & w=$!
        wait $pg; rc=$?
        kill $w 2>/dev/null
        exit $rc
        """;

    readonly EmbeddedPostgresOptions options;
    readonly string binaries, data, socket;
    readonly ServerUser user;
    readonly Queue<string> lastLines = [];
    Process? supervisor; // null: attached to a server of another process

    EmbeddedPostgres(EmbeddedPostgresOptions options)
    {
        this.options = options;
        binaries = PostgresBinaries.Find(options.SearchFrom);
        data = Path.GetFullPath(options.DataDirectory);
        Directory.CreateDirectory(data);
        user = new ServerUser(binaries, data);
        // A socket's path holds 107 bytes: never below a path of unknown length.
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(data)))[..12];
        socket = Path.Combine(Path.GetTempPath(), $"foyer-pg-{name}");
    }

    public string BinDirectory => binaries;
    public bool Attached => supervisor is null;

    public string ConnectionString(string database = "foyer") => new NpgsqlConnectionStringBuilder
    {
        Host = socket, Port = 5432, Username = Superuser, Database = database, Timeout = 5, SslMode = SslMode.Disable, GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    public static async Task<EmbeddedPostgres> Start(EmbeddedPostgresOptions options, CancellationToken ct = default)
    {
        var server = new EmbeddedPostgres(options);
        await server.Start(ct);
        return server;
    }

    async Task Start(CancellationToken ct)
    {
        await using var gate = await OnlyStarter(ct);
        PrepareFolders();
        if (await TryAttach(ct)) return;
        await PrepareData(ct);
        Launch();
        if (!await Answers(() => !supervisor!.HasExited, ct))
        {
            string why;
            lock (lastLines) why = string.Join('\n', lastLines);
            await DisposeAsync();
            throw new InvalidOperationException($"PostgreSQL did not start:\n{why}");
        }
        await EnsureDatabase(ct);
    }

    void PrepareFolders()
    {
        Directory.CreateDirectory(socket, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // Others could have made a folder of that name: only one nobody else may enter is ours to use (setting its mode fails on a foreign one).
        File.SetUnixFileMode(socket, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.SetUnixFileMode(data, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        user.Own(data);
        user.Own(socket);
    }

    // Two processes must not both make a data folder.
    async Task<FileStream> OnlyStarter(CancellationToken ct)
    {
        while (true)
            try { return new FileStream(socket + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.None); }
            catch (IOException) { await Task.Delay(50, ct); }
    }

    /// <summary>True when another process's server runs on this folder. One that is just stopping is waited for.</summary>
    async Task<bool> TryAttach(CancellationToken ct)
    {
        for (; RunningPid() is not null; await Task.Delay(25, ct))
        {
            if (!await Answers(() => RunningPid() is not null, ct)) continue;
            try { await EnsureDatabase(ct); return true; }
            catch (NpgsqlException) { }
        }
        return false;
    }

    async Task PrepareData(CancellationToken ct)
    {
        var versionFile = Path.Combine(data, "PG_VERSION");
        var program = (await Run("postgres", ["--version"], ct)).Trim(); // postgres (PostgreSQL) 18.4
        var major = int.Parse(program.Split(' ')[2].Split('.')[0], CultureInfo.InvariantCulture);
        if (major < PostgresBinaries.Oldest) throw new InvalidOperationException($"{program} is too old: Foyer needs PostgreSQL {PostgresBinaries.Oldest} or newer.");
        if (!File.Exists(versionFile) || !File.Exists(Path.Combine(data, "global", "pg_control"))) { await MakeData(major, ct); return; }
        var made = (await File.ReadAllTextAsync(versionFile, ct)).Trim();
        if (made != major.ToString(CultureInfo.InvariantCulture))
            throw new InvalidOperationException($"{data} was made by PostgreSQL {made}; the server found is '{program}'. Move the folder away, or install PostgreSQL {made}.");
    }

    async Task MakeData(int major, CancellationToken ct)
    {
        foreach (var left in Directory.EnumerateFileSystemEntries(data)) // half-made by a killed initdb
            if (Directory.Exists(left)) Directory.Delete(left, recursive: true); else File.Delete(left);
        // The built-in locale (17 and newer) sorts the same on every machine.
        string[] locale = major >= 17 ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"] : ["--locale=C.UTF-8"];
        await Run("initdb", ["-D", data, "-U", Superuser, "-A", "trust", "-E", "UTF8", .. locale, .. options.Durable ? Array.Empty<string>() : ["--no-sync"]], ct);
    }

    void Launch()
    {
        List<string> settings =
        [
            "listen_addresses=", "unix_socket_permissions=0700", "max_connections=200", "shared_buffers=256MB", "max_wal_size=2GB", "checkpoint_timeout=15min",
            "timezone=UTC", "jit=off", "logging_collector=off", .. options.Settings ?? [],
        ];
        if (!options.Durable) settings.AddRange(["fsync=off", "synchronous_commit=off", "full_page_writes=off"]);
        var start = user.Command("setsid", ["sh", "-c", Supervisor + "\n", "pg", Path.Combine(binaries, "postgres"), "-D", data, "-k", socket, .. settings.SelectMany(s => new[] { "-c", s })]);
        start.RedirectStandardInput = true;
        supervisor = Process.Start(start)!;
        supervisor.OutputDataReceived += Keep;
        supervisor.ErrorDataReceived += Keep;
        supervisor.BeginOutputReadLine();
        supervisor.BeginErrorReadLine();
    }

    void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (lastLines) { lastLines.Enqueue(line.Data); if (lastLines.Count > 40) lastLines.Dequeue(); }
        options.Log?.Invoke(line.Data);
    }

    async Task<bool> Answers(Func<bool> alive, CancellationToken ct)
    {
        var once = ConnectionString("postgres") + ";Pooling=false";
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60); await Task.Delay(15, ct))
        {
            if (!alive()) return false;
            if (!File.Exists(Path.Combine(socket, ".s.PGSQL.5432"))) continue;
            try { await using var db = new NpgsqlConnection(once); await db.OpenAsync(ct); return true; }
            catch (NpgsqlException) { } // starting up, or a stale socket file
        }
        return false;
    }

    async Task EnsureDatabase(CancellationToken ct)
    {
        await using var db = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await db.OpenAsync(ct);
        await using (var look = new NpgsqlCommand("select 1 from pg_database where datname = 'foyer'", db))
            if (await look.ExecuteScalarAsync(ct) is not null) return; // also of a server that only reads: whoever opens it says so
        try { await using var create = new NpgsqlCommand("create database foyer", db); await create.ExecuteNonQueryAsync(ct); }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation) { }
    }

    /// <summary>The live server's pid, or null. A stale file whose number now belongs to some other program (common in containers) is removed: PostgreSQL itself would refuse to start over it.</summary>
    int? RunningPid()
    {
        var file = Path.Combine(data, "postmaster.pid");
        if (!File.Exists(file) || !int.TryParse(File.ReadLines(file).FirstOrDefault(), CultureInfo.InvariantCulture, out var pid)) return null;
        string program;
        try { program = OperatingSystem.IsLinux() ? File.ReadAllText($"/proc/{pid}/comm").Trim() : Process.GetProcessById(pid).ProcessName; }
        catch (Exception e) when (e is IOException or ArgumentException) { program = ""; }
        if (program is "postgres" or "postmaster") return pid;
        File.Delete(file);
        return null;
    }

    async Task<string> Run(string program, string[] arguments, CancellationToken ct)
    {
        using var process = Process.Start(user.Command(Path.Combine(binaries, program), arguments))!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
        await process.WaitForExitAsync(ct);
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} failed ({process.ExitCode}): {await error}{await output}");
    }

    /// <summary>A fast, clean shutdown; a server of another process stays.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref supervisor, null) is not { } process) return;
        try { process.StandardInput.Close(); } catch (IOException) { }
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        try { await process.WaitForExitAsync(patience.Token); }
        catch (OperationCanceledException) { process.Kill(entireProcessTree: true); }
        process.Dispose();
        try
        {
            using var gate = new FileStream(socket + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            Directory.Delete(socket, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { } // another process is starting on it
    }
}
