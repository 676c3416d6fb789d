"""What both applications of hoopstat-haus share: configuration, S3 objects, health, metrics, logs."""
