/// The door: OpenAI-style HTTP. Runs one visible list of steps for each call
/// ([dev.sampan.gateway.internal.Steps]): identify → admit → allow → reserve → route → run → settle → answer.
/// Calls are answered by models of our own or by upstream suppliers. Declares the ports [Purse] (money)
/// and [Route] (pages of the API that other rooms hang on it).
///
/// **Invariants.** Nothing runs before its money is held; no answer leaves before its charge is durable; a
/// call that ends in any other way frees its hold, once. No step blocks: what blocks runs on a bounded pool,
/// and a full pool is told to the caller. Every error has the shape
/// `{"error":{"message","type","param","code"}}` with all four keys.
@ApplicationModule(
        allowedDependencies = {
            "kernel",
            "spec",
            "database",
            "shell",
            "accounts",
            "runtime",
            "serving",
            "suppliers",
            "limits"
        })
@NullMarked
package dev.sampan.gateway;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
