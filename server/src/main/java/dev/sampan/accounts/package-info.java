/// Organisations (= tenants), members who sign in, API keys → `Principal`. A key is shown once and kept as a hash.
@ApplicationModule(allowedDependencies = {"kernel", "database", "shell"})
@NullMarked
package dev.sampan.accounts;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
