package dev.sampan.limits;

import dev.sampan.accounts.Principal;
import dev.sampan.kernel.Money;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// At the door of every call; never blocks.
public interface Limiter {
    /// Takes what the call can use at the most of every limit that applies, or nothing at all.
    Verdict admit(Asking asking);

    /// How the limits of a key stand. Blocks where they were not asked before.
    List<Standing> standing(Principal principal);

    /// Lets everything in.
    Limiter OPEN = new Limiter() {
        @Override
        public Verdict admit(Asking asking) {
            return Admission.FREE;
        }

        @Override
        public List<Standing> standing(Principal principal) {
            return List.of();
        }
    };

    /// One call.
    ///
    /// @param tokens the most of prompt and answer
    record Asking(Principal principal, String model, long tokens, long receivedAtMillis) {}

    /// What [#admit] says.
    sealed interface Verdict permits Admission, Refused, NotYet {}

    /// What was used so far is being looked up: ask again when this completes; exceptionally when it cannot be
    /// known now, and then the call must not run.
    record NotYet(CompletionStage<?> known) implements Verdict {}

    /// @param stop waiting does not help
    /// @param waitMillis after which it may help
    /// @param levels how requests and tokens stand
    record Refused(Rule rule, boolean stop, long waitMillis, String sentence, Levels levels) implements Verdict {}

    /// What a call has taken. [#settle] or [#refund] follows, and [#leave], each once; more are ignored.
    non-sealed interface Admission extends Verdict {
        /// Nothing was taken, since nothing is limited.
        Admission FREE = new Admission() {};

        /// Takes of what may be spent.
        ///
        /// @param most the dearest outcome
        /// @return why the call must not run; null when it may
        default @Nullable Refused spend(Money most) {
            return null;
        }

        /// The call was charged.
        default void settle(long tokens, Money charge) {}

        /// The call was not charged. It stays counted where requests are counted by the minute.
        default void refund() {}

        /// It does not run any more.
        default void leave() {}

        /// How requests and tokens stand now.
        default Levels levels() {
            return Levels.NONE;
        }
    }
}
