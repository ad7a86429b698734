package dev.sampan.serving;

import dev.sampan.kernel.Problem;

/// A deployment that should be live and could not be loaded when the platform started. It ends with the next deployment
/// under its public name, or with the next start after the files were restored.
public record Outage(Deployment deployment, Problem problem) {}
