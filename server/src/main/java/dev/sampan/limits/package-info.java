/// Who may call how much. In: `limits.yaml` as one whole set, and what a key's page says ([LimitBook]). Out: at
/// every call, whether it may run ([Limiter]), from memory.
///
/// A limit counts requests, tokens, spend or calls at once, of the installation, a customer, a project, a member
/// or a key, by the minute, five hours, day, week or month. All that apply must admit a call.
///
/// **Invariants.** Nothing is admitted beyond a limit on one node, whatever runs at once: the most a call can
/// use is taken before it runs and the rest given back after. Nothing is refused that fits: all limits of a call
/// are looked at and taken under one lock of its customer, so none is taken and given back in vain. What other
/// nodes and earlier starts have used comes from the port [UsedSoFar] about once a second: with several nodes a
/// limit is exceeded by no more than what the others let in within one look.
@ApplicationModule(allowedDependencies = {"kernel", "spec", "database", "shell", "accounts"})
@NullMarked
package dev.sampan.limits;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
