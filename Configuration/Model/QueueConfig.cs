using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>An encrypted SQS queue with a dead-letter queue.</summary>
public sealed record QueueConfig
{
    [Description(
        "Whether it is a FIFO queue: messages of a message group in order, each delivered once. Its name in AWS ends with .fifo; changing "
            + "it replaces the queue.")]
    public bool Fifo { get; init; }

    [Description("Whether a FIFO queue compares the content of messages to find duplicates; otherwise senders set a deduplication id.")]
    public bool ContentBasedDeduplication { get; init; }

    [Description(
        "Visibility timeout: seconds in which a received message is not delivered again; longer than processing a message takes.")]
    [Range(0, 43200)]
    public int VisibilityTimeoutSeconds { get; init; } = 60;

    [Description("Days after which SQS deletes a message that nobody has deleted. The dead-letter queue keeps messages for 14 days.")]
    [Range(1, 14)]
    public int RetentionDays { get; init; } = 4;

    // SQS allows 1 MiB since August 2025, this version of Terraform's provider does not yet:
    // https://github.com/hashicorp/terraform-provider-aws/issues/45152
    [Description("Maximum size of a message in KiB, with its attributes.")]
    [Range(1, 256)]
    public int MaximumMessageKiB { get; init; } = 256;

    [Description("Long polling: seconds for which a receive request waits for a message; 0 for short polling.")]
    [Range(0, 20)]
    public int ReceiveWaitSeconds { get; init; } = 20;

    [Description("Delivery delay: seconds until a new message can be received.")]
    [Range(0, 900)]
    public int DelaySeconds { get; init; }

    [Description("Whether it has a dead-letter queue, and an alarm as soon as a message is in it.")]
    public bool DeadLetterQueue { get; init; } = true;

    [Description("Times that a message is received without being deleted before SQS moves it to the dead-letter queue.")]
    [Range(1, 1000)]
    public int MaxReceives { get; init; } = 5;

    [Description(
        "Age of the oldest message in minutes above which an alarm is raised, for queues that a service receives from.")]
    [Range(1, 20159)]
    public int OldestMessageMinutes { get; init; } = 15;
}
