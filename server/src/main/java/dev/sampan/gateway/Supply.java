package dev.sampan.gateway;

import dev.sampan.kernel.Money;
import org.jspecify.annotations.Nullable;

/// Where the answer to a call came from when it was not from a model of our own, and what that cost us.
///
/// @param supplier its name, at most [#NAME_BYTES_MAX] bytes of UTF-8
/// @param cost null where the supplier's price is not known
/// @param source who says how much was used
public record Supply(String supplier, @Nullable Money cost, Source source) {
    public static final int NAME_BYTES_MAX = 64;

    /// Who says how much was used.
    public enum Source {
        /// The supplier, in its answer.
        PROVIDER,
        /// Nobody: the answer broke off, and what had been relayed was counted, no token too many.
        ESTIMATED
    }
}
