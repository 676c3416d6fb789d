using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>The steps of docs/migration.md: a table that exists is imported with an import block, and is not recreated.</summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed class ImportTests
{
    private const string Table = "moved-imported-sessions";

    [Test, Property("Row", "H11")]
    public async Task ExistingTable_IsImported_AndNotRecreated()
    {
        using var sandbox = new Sandbox();
        string file = sandbox.Environment("imported", """
            {
              "name": "imported", "project": "moved", "account": "111111111111", "region": "us-east-1", "emulator": true, "disposable": true,
              "network": { "vpc": "none" }, "tables": { "sessions": { "partitionKey": "user:S" } }
            }
            """);
        Run before = sandbox.Expect(5, "plan", "base", "--env", file);
        Assert.That(before.Output, Does.Contain("+ aws_dynamodb_table.table-sessions"));
        using AmazonDynamoDBClient dynamoDb = sandbox.Access("111111111111", "us-east-1").DynamoDb();
        string id = (await dynamoDb.CreateTableAsync(new CreateTableRequest
        {
            TableName = Table,
            BillingMode = BillingMode.PAY_PER_REQUEST,
            // The local AWS does not turn on encryption of an existing table.
            SSESpecification = new SSESpecification { Enabled = true },
            KeySchema = [new KeySchemaElement("user", KeyType.HASH)],
            AttributeDefinitions = [new AttributeDefinition("user", ScalarAttributeType.S)],
        })).TableDescription.TableId;
        string imports = sandbox.Work("deploy", "moved-imported", "stacks", "base", "imports.tf");
        await File.WriteAllTextAsync(imports, $"import {{\n  to = aws_dynamodb_table.table-sessions\n  id = \"{Table}\"\n}}\n");

        Run plan = sandbox.Expect(5, "plan", "base", "--env", file);
        sandbox.Expect(0, "deploy", "base", "--env", file, "--yes");
        File.Delete(imports);
        Run after = sandbox.Expect(0, "plan", "base", "--env", file);

        Assert.That(plan.Output, Does.Contain("~ aws_dynamodb_table.table-sessions").And.Not.Contain("+ aws_dynamodb_table"));
        Assert.That(after.Output, Does.Contain("no changes"));
        Assert.That((await dynamoDb.DescribeTableAsync(Table)).Table.TableId, Is.EqualTo(id), "the same table");
    }
}
