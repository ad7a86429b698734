/// Usage facts, each exactly once: the call journal on the local disk, and its drainer into PostgreSQL.
@ApplicationModule(allowedDependencies = {"kernel", "database", "shell", "accounts", "gateway"})
@NullMarked
package dev.sampan.metering;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
