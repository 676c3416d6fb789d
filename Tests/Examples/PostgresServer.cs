using System.Globalization;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Infra.Operations.Processes;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Examples;

/// <summary>
/// A PostgreSQL server on localhost with TLS, a master user and an empty database, like a new RDS instance; it logs DDL statements, as
/// the parameter group does.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class PostgresServer : IAsyncDisposable
{
    public const string Master = "master";

    public const string MasterPassword = "of-the-master";

    // PostgreSQL does not run as root.
    private const string Nobody = "65534";

    private readonly TemporaryFolder _folder = new();
    private readonly string _libraries;

    private PostgresServer(string programs, string libraries) => (Programs, _libraries) = (programs, libraries);

    /// <summary>Folder of psql and the other programs.</summary>
    public string Programs { get; }

    public int Port { get; } = LoopbackPort.Next();

    /// <summary>The certificate of the server, which is its own authority.</summary>
    public string Certificate => Path.Combine(_folder.Path, "server.pem");

    /// <summary>The log so far.</summary>
    public string Log => File.ReadAllText(LogFile);

    private string Data => Path.Combine(_folder.Path, "data");

    private string LogFile => Path.Combine(_folder.Path, "log");

    /// <summary>Starts a server. Where PostgreSQL cannot be had, the test fails in CI; elsewhere it is listed as not run.</summary>
    public static async Task<PostgresServer> StartAsync()
    {
        JObject found = InstalledPrograms.OrNotRun(await InstalledPrograms.GetAsync("postgresql"));
        var server = new PostgresServer((string)found["bin"]!, (string)found["libraries"]!);
        try
        {
            await server.BeginAsync();
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        return server;
    }

    /// <summary>Runs a statement over TLS, and returns its result without headers, or the error.</summary>
    public async Task<(int ExitCode, string Output)> QueryAsync(string user, string password, string database, string statement) =>
        await Tool.RunAsync(new ProcessRequest(
            Path.Combine(Programs, "psql"), "--no-psqlrc", "--tuples-only", "--no-align", "--command", statement)
        {
            Variables = Variables(
                ("PGHOST", "localhost"), ("PGPORT", Port.ToString(CultureInfo.InvariantCulture)), ("PGDATABASE", database),
                ("PGUSER", user), ("PGPASSWORD", password), ("PGSSLMODE", "verify-full"), ("PGSSLROOTCERT", Certificate)),
        });

    /// <summary>Variables for a program that runs psql.</summary>
    public Dictionary<string, string?> Variables(params (string Name, string Value)[] more)
    {
        var variables = new Dictionary<string, string?>
        {
            ["PATH"] = $"{Programs}{Path.PathSeparator}{EnvironmentVariables.OfThisProcess()["PATH"]}",
            ["LD_LIBRARY_PATH"] = _libraries.Length == 0 ? null : _libraries,
        };
        foreach ((string name, string value) in more)
            variables[name] = value;
        return variables;
    }

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            await AsServerAsync("pg_ctl", "--pgdata", Data, "--mode", "immediate", "-w", "stop");
        _folder.Dispose();
    }

    private async Task BeginAsync()
    {
        string password = _folder.Write("password", MasterPassword);
        string key = WriteCertificate();
        if (Environment.IsPrivilegedProcess)
        {
            (int exitCode, string output) = await Tool.RunAsync(new ProcessRequest("chown", "-R", Nobody, _folder.Path));
            Assert.That(exitCode, Is.Zero, output);
        }

        // Other users run psql.
        File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        await AsServerAsync("initdb", "--pgdata", Data, "--username", Master, "--pwfile", password, "--auth", "scram-sha-256");
        await AsServerAsync(
            "pg_ctl", "--pgdata", Data, "--log", LogFile, "-w", "--options",
            $"-p {Port} -k {_folder.Path} -c ssl=on -c ssl_cert_file={Certificate} -c ssl_key_file={key} -c log_statement=ddl -c fsync=off",
            "start");
    }

    private async Task AsServerAsync(string program, params string[] arguments)
    {
        string[] command = [Path.Combine(Programs, program), .. arguments];
        if (Environment.IsPrivilegedProcess)
            command = ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", .. command];
        (int exitCode, string output) = await Tool.RunAsync(
            new ProcessRequest(command[0], command[1..]) { WorkingDirectory = _folder.Path, Variables = Variables() });
        Assert.That(exitCode, Is.Zero, $"{program}: {output}");
    }

    private string WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        _folder.Write("server.pem", certificate.ExportCertificatePem());
        string file = _folder.Write("server.key", key.ExportPkcs8PrivateKeyPem());
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }
}
