using Infra.Contracts;
using Infra.Operations.Emulator;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Emulator;

internal sealed class EmulatorFilesTests
{
    private TemporaryFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TemporaryFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void Read_StateOfARunningEmulator_IsParsed()
    {
        string file = _folder.Write("state.json",
            """{"pid":123,"port":40123,"url":"http://127.0.0.1:40123","moto":"5.2.4","way":"path","startedAt":"2026-11-20T11:30:00Z","log":"/x/server.log"}""");
        EmulatorState state = EmulatorState.Read(file)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(state.ProcessId, Is.EqualTo(123));
            Assert.That(state.Url, Is.EqualTo(new Uri("http://127.0.0.1:40123")));
            Assert.That(state.StartedAt, Is.EqualTo(new DateTime(2026, 11, 20, 11, 30, 0, DateTimeKind.Utc)));
        }
    }

    [TestCase("{ torn")]
    [TestCase("")]
    [TestCase("{}")]
    public void Read_IncompleteFile_IsNull(string text) => Assert.That(EmulatorState.Read(_folder.Write("state.json", text)), Is.Null);

    [Test]
    public void Read_NoFile_IsNull() => Assert.That(EmulatorState.Read(Path.Combine(_folder.Path, "none")), Is.Null);

    [Test]
    public void Write_Profile_UsesTheEmulatorAsTheAccount()
    {
        var checkout = new Checkout(_folder.Path, Path.Combine(_folder.Path, ".infra"));
        EmulatorProfile profile = EmulatorProfiles.Write(checkout, "222222222222", "us-east-2", new Uri("http://127.0.0.1:40123"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(profile, Is.EqualTo(EmulatorProfiles.Of(checkout, "222222222222")));
            Assert.That(File.ReadAllText(profile.ConfigFile),
                Is.EqualTo("[profile emulator]\nregion = us-east-2\nendpoint_url = http://127.0.0.1:40123\n"));
            Assert.That(File.ReadAllText(profile.CredentialsFile), Does.Contain("aws_access_key_id = 222222222222"));
        }
    }
}
