/// The door: OpenAI-style HTTP. Runs one visible list of steps for each call: identify → admit → reserve → route → run
/// →
/// settle → answer. Declares the ports `Purse` (money) and `Route` (pages of the API that other rooms hang on it).
@ApplicationModule(allowedDependencies = {"kernel", "database", "shell", "accounts", "runtime", "serving"})
@NullMarked
package dev.sampan.gateway;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
