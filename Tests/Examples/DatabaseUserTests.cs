using System.Runtime.Versioning;
using Infra.Operations.Processes;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Examples;

/// <summary>
/// The migration of system T on a real PostgreSQL: the container's script as it is deployed creates the user, then plain
/// <c>alembic upgrade head</c> runs as that user.
/// </summary>
[Category("Emulator")]
[UnsupportedOSPlatform("windows")]
[Property("Row", "T-L3")]
internal sealed class DatabaseUserTests
{
    // A reserved word: it must be quoted in SQL.
    private const string User = "user";

    private const string Database = "order";

    private const string Refused = "password authentication failed for user \"user\"";

    private PostgresServer _server = null!;

    private TemporaryFolder _folder = null!;

    [SetUp]
    public async Task StartPostgres()
    {
        _folder = new TemporaryFolder();
        // psql runs as another user than this process.
        File.SetUnixFileMode(_folder.Path, (UnixFileMode)0b111_111_111);
        _server = await PostgresServer.StartAsync();
        (int exitCode, string output) = await MasterAsync("postgres", $"CREATE DATABASE \"{Database}\"");
        Assert.That(exitCode, Is.Zero, output);
    }

    [TearDown]
    public async Task StopPostgres()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task User_IsCreated_AndASecondRunChangesNothing()
    {
        (int first, string firstOutput) = await CreateAsync("one");
        (int second, string secondOutput) = await CreateAsync("one");

        Assert.Multiple(() =>
        {
            Assert.That(first, Is.Zero, firstOutput);
            Assert.That(second, Is.Zero, secondOutput);
            Assert.That(secondOutput, Does.Contain("database user user: created, or its password set"));
        });
        Assert.That(await UserAsync("one", "CREATE TABLE mine (id int); SELECT current_user"), Is.EqualTo((0, "CREATE TABLE\nuser\n")));
        Assert.That(
            await MasterAsync("postgres", "SELECT rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname = 'user'"),
            Is.EqualTo((0, "f|f|f\n")));
    }

    [Test]
    public async Task AnotherPassword_ReplacesTheEarlierOne_AndNoneIsInTheLog()
    {
        await CreateAsync("EarlierSecret");
        await CreateAsync("LaterSecret");

        (int earlier, string refused) = await UserAsync("EarlierSecret", "SELECT 1");
        Assert.Multiple(() =>
        {
            Assert.That(earlier, Is.Not.Zero);
            Assert.That(refused, Does.Contain(Refused));
        });
        Assert.That(await UserAsync("LaterSecret", "SELECT 1"), Is.EqualTo((0, "1\n")));
        Assert.That(_server.Log, Does.Contain("CREATE ROLE \"user\"").And.Contain("SCRAM-SHA-256$")
            .And.Not.Contain("EarlierSecret").And.Not.Contain("LaterSecret"));
    }

    [Test]
    public async Task WrongMasterPassword_Fails_AndSaysWhy()
    {
        (int exitCode, string output) = await CreateAsync("one", ("PGPASSWORD", "other"));

        Assert.That(exitCode, Is.Not.Zero);
        Assert.That(output, Does.Contain("password authentication failed for user \"master\""));
    }

    [Test]
    public async Task ServerOfAnotherAuthority_IsRefused_BeforeThePasswordIsSent()
    {
        await using PostgresServer other = await PostgresServer.StartAsync();
        (int exitCode, string output) = await CreateAsync("one", ("PGSSLROOTCERT", other.Certificate));

        Assert.That(exitCode, Is.Not.Zero);
        Assert.That(output, Does.Contain("certificate verify failed"));
    }

    // The container's own /tmp is empty: wget is replaced by one that writes the certificate to where the script says.
    [Test]
    public async Task MissingRootCertificates_AreDownloadedFromRds()
    {
        string wget = _folder.Write("bin/wget", $"#!/bin/sh\necho \"$@\" >\"{_folder.Path}/asked\"\ncat '{_server.Certificate}' >\"$5\"\n");
        File.SetUnixFileMode(wget, (UnixFileMode)0b111_101_101);
        File.SetUnixFileMode(Path.GetDirectoryName(wget)!, (UnixFileMode)0b111_101_101);
        (int exitCode, string output) = await CreateAsync(
            "one", ("PGSSLROOTCERT", "/missing.pem"), ("PATH", $"{Path.GetDirectoryName(wget)}:{_server.Variables()["PATH"]}"));

        Assert.That(exitCode, Is.Zero, output);
        Assert.That(await File.ReadAllTextAsync(Path.Combine(_folder.Path, "asked")), Is.EqualTo(
            $"-q -T 30 -O {_folder.Path}/rds-global-bundle.pem https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem\n"));
    }

    [Test, Property("Row", "T11")]
    public async Task PlainAlembic_MigratesAsThatUser()
    {
        ExamplesPython python = await ExamplesPython.FindAsync();
        await CreateAsync("one");
        Assert.That(await AlembicAsync(python, "current"), Is.EqualTo((0, "")));
        await AlembicAsync(python, "upgrade", "head");
        Assert.That(await AlembicAsync(python, "current"), Is.EqualTo((0, "0001 (head)\n")));
        Assert.That(
            await UserAsync(
                "one", "INSERT INTO notes (text) VALUES ('first') RETURNING id; "
                    + "SELECT tableowner FROM pg_tables WHERE tablename = 'notes'"),
            Is.EqualTo((0, "1\nINSERT 0 1\nuser\n")));
    }

    private static JToken Container()
    {
        JToken definitions = Example.Tap.Runtime.Resource("aws_ecs_task_definition", "backend_migration")["container_definitions"]!;
        return ContainerText.ParseAll(definitions).Single(container => (string?)container["name"] == "database-user");
    }

    /// <summary>DATABASE_URL as base writes it, with this server's address and names.</summary>
    private string Url(string password)
    {
        JObject secret = Example.Tap.Base.Resource("aws_secretsmanager_secret_version", "database-url_version");
        var written = (string)secret["secret_string_wo"]!;
        string scheme = written[..written.IndexOf("://", StringComparison.Ordinal)];
        return $"{scheme}://{User}:{password}@localhost:{_server.Port}/{Database}{written[written.LastIndexOf('?')..]}";
    }

    /// <summary>Runs the container's command as ECS does: without a terminal, as a user that the system does not know.</summary>
    private async Task<(int ExitCode, string Output)> CreateAsync(string password, params (string Name, string Value)[] others)
    {
        JToken container = Container();
        // Terraform evaluates $${ to ${. Only this container has /tmp to itself.
        string[] command = [.. container["command"]!.Select(word => ((string)word!).Replace("$${", "${", StringComparison.Ordinal)
            .Replace("=/tmp/", $"={_folder.Path}/", StringComparison.Ordinal))];
        if (Environment.IsPrivilegedProcess)
        {
            string user = ((string)container["user"]!).Split(':')[0];
            command = ["setpriv", $"--reuid={user}", $"--regid={user}", "--clear-groups", .. command];
        }

        string mode = (string)container["environment"]!.Single(variable => (string?)variable["name"] == "PGSSLMODE")["value"]!;
        return await Tool.RunAsync(new ProcessRequest(command[0], command[1..])
        {
            WorkingDirectory = _folder.Path,
            Variables = _server.Variables(
            [
                ("DATABASE_URL", Url(password)), ("PGUSER", PostgresServer.Master), ("PGPASSWORD", PostgresServer.MasterPassword),
                ("PGSSLMODE", mode), ("PGSSLROOTCERT", _server.Certificate), .. others,
            ]),
        });
    }

    private async Task<(int ExitCode, string Output)> AlembicAsync(ExamplesPython python, params string[] arguments)
    {
        using var interruption = new Interruption();
        ProcessResult result = await new ProcessRunner(interruption, EnvironmentVariables.OfThisProcess()).RunAsync(
            new ProcessRequest(python.Interpreter, ["-m", "alembic", .. arguments])
            {
                WorkingDirectory = Path.Combine(Checkout.Find().Root, "examples/tap/app/backend"),
                Variables = python.Variables().Append(("DATABASE_URL", Url("one")))
                    .ToDictionary(variable => variable.Item1, string? (variable) => variable.Item2),
            });
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        return (result.ExitCode, result.Output);
    }

    private Task<(int ExitCode, string Output)> MasterAsync(string database, string statement) =>
        _server.QueryAsync(PostgresServer.Master, PostgresServer.MasterPassword, database, statement);

    private Task<(int ExitCode, string Output)> UserAsync(string password, string statement) =>
        _server.QueryAsync(User, password, Database, statement);
}
