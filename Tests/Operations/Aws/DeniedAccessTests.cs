using System.Net;
using Infra.Operations.Aws;
using NUnit.Framework;

namespace Infra.Tests.Operations.Aws;

internal sealed class DeniedAccessTests
{
    private const string User = "User: arn:aws:sts::111111111111:assumed-role/acme-plan/ada is not authorized to perform: ";

    // The wording is AWS's: https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
    [TestCase(
        "s3:GetObject on resource: \"arn:aws:s3:::acme-state/acme/dev/base\" because no identity-based policy allows the s3:GetObject "
        + "action", "s3:GetObject", "arn:aws:s3:::acme-state/acme/dev/base", "docs/operations.md")]
    [TestCase("codecommit:ListRepositories because no service control policy allows the codecommit:ListRepositories action",
        "codecommit:ListRepositories", "", "service control policies")]
    [TestCase("ecs:RunTask on resource: arn:aws:ecs:us-east-2:111111111111:task-definition/acme-web:3 because no permissions boundary "
        + "allows the ecs:RunTask action", "ecs:RunTask", "arn:aws:ecs:us-east-2:111111111111:task-definition/acme-web:3", "boundary")]
    [TestCase("sts:AssumeRole on resource: arn:aws:iam::111111111111:role/acme with an explicit deny in a resource-based policy",
        "sts:AssumeRole", "arn:aws:iam::111111111111:role/acme", "the policy of the resource")]
    [TestCase("ssm:PutParameter on resource: arn:aws:ssm:us-east-2:111111111111:parameter/a with an explicit deny in an identity-based "
        + "policy", "ssm:PutParameter", "arn:aws:ssm:us-east-2:111111111111:parameter/a", "\"Effect\": \"Deny\"")]
    public void Message_OfAws_IsReadAndNamesWhatToCheck(string text, string action, string resource, string check)
    {
        DeniedAccess denied = DeniedAccess.Of(User + text)!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(denied.Caller, Is.EqualTo("arn:aws:sts::111111111111:assumed-role/acme-plan/ada"));
            Assert.That(denied.Action, Is.EqualTo(action));
            Assert.That(denied.Resource, Is.EqualTo(resource));
            Assert.That(denied.WhatToCheck, Does.Contain(check));
        }
    }

    [Test]
    public void Exception_OfAnOwnClient_IsTheFinding()
    {
        const string Reason = User + "ecs:ListTasks on resource: * because no identity-based policy allows the ecs:ListTasks action";
        var failure = new AwsApiException("ecs", "ListTasks", "AccessDeniedException", Reason, HttpStatusCode.BadRequest);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.IsAccessDenied, Is.True);
            Assert.That(failure.Message, Is.EqualTo(
                "AWS denied access: arn:aws:sts::111111111111:assumed-role/acme-plan/ada is not authorized to perform ecs:ListTasks on *, "
                    + "because no identity-based policy allows the ecs:ListTasks action"));
            Assert.That(failure.Remedy, Is.EqualTo(DeniedAccess.CheckTheRole));
        }
    }

    [Test]
    public void Exception_OfADenialWithoutDetails_KeepsAwssMessage()
    {
        var failure = new AwsApiException("s3", null, "AccessDenied", "Access Denied", HttpStatusCode.Forbidden);
        Assert.That((failure.Message, failure.Remedy), Is.EqualTo(("AWS s3: AccessDenied: Access Denied", DeniedAccess.CheckTheRole)));
    }
}
