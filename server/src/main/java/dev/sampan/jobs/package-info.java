/// Durable work: a job survives any crash, tells its progress, can be cancelled and is tried again; its effect happens
/// once.
@ApplicationModule(allowedDependencies = {"kernel", "database", "shell", "accounts"})
@NullMarked
package dev.sampan.jobs;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
