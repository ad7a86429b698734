package dev.sampan.payments.internal.provider;

import org.jspecify.annotations.Nullable;

/// A provider did not do what it was asked.
public abstract sealed class ProviderTrouble extends RuntimeException {
    private static final long serialVersionUID = 1;

    private ProviderTrouble(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /// It is sure that nothing happened: the same request would be refused again.
    public static final class Refused extends ProviderTrouble {
        private static final long serialVersionUID = 1;

        private final String code;

        /// @param code the provider's, for programs
        public Refused(String code, String message) {
            super(code + ": " + message, null);
            this.code = code;
        }

        public String code() {
            return code;
        }
    }

    /// Nobody knows whether it happened: to be sent again under the same id, or asked for.
    public static final class Away extends ProviderTrouble {
        private static final long serialVersionUID = 1;

        public Away(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
