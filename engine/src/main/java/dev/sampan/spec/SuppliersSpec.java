package dev.sampan.spec;

import java.math.BigDecimal;
import java.net.URI;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `suppliers.yaml`: who answers calls that no model of our own does, under which public names, and at what price.
public record SuppliersSpec(List<Supplier> suppliers, List<Model> models) {
    public SuppliersSpec {
        suppliers = List.copyOf(suppliers);
        models = List.copyOf(models);
    }

    public Optional<Supplier> supplier(String name) {
        return suppliers.stream().filter(s -> s.name().equals(name)).findFirst();
    }

    /// Somebody else's API.
    ///
    /// @param baseUrl up to and with the version: `https://api.deepseek.com/v1`
    /// @param keyVariable environment variable that holds the key when the file is applied; null where none is
    ///     asked
    /// @param outputLimitKey how it names the longest answer: `max_tokens` or `max_completion_tokens`
    /// @param silenceSeconds how long it may say nothing before it is given up, 1 to 600
    public record Supplier(
            String name,
            Kind kind,
            URI baseUrl,
            @Nullable String keyVariable,
            String outputLimitKey,
            int silenceSeconds) {}

    /// How a supplier is spoken to.
    public enum Kind {
        /// As OpenAI's API, which most others speak too.
        OPENAI
    }

    /// What is asked of a model.
    public enum Use {
        CHAT,
        COMPLETIONS,
        EMBEDDINGS
    }

    /// A public model name and who stands behind it.
    ///
    /// @param contextLength tokens of prompt and answer together, the most any of the routes takes
    /// @param maxOutputTokens the longest answer, which a call is held for when it asks for no less
    /// @param routes at least one
    /// @param price null: the price stands elsewhere, or nothing is sold
    public record Model(
            String name,
            List<Use> uses,
            int contextLength,
            int maxOutputTokens,
            Aborted onAbort,
            List<Route> routes,
            @Nullable Price price) {
        public Model {
            uses = List.copyOf(uses);
            routes = List.copyOf(routes);
        }
    }

    /// What is charged when the caller goes away in the middle of an answer.
    public enum Aborted {
        /// The answer is read to its end, within limits, and what the supplier counts is charged; beyond the
        /// limits as [#BILL_RELAYED].
        DRAIN,
        /// The supplier is told to stop; what had been relayed is charged, estimated and never too high.
        BILL_RELAYED,
        /// The supplier is told to stop and nothing is charged.
        VOID
    }

    /// One way to an answer.
    ///
    /// @param model as the supplier names it
    /// @param priority the least goes first; the next ones when it fails
    /// @param weight its share among those of equal priority, 0: only when the others fail
    /// @param cost what the supplier takes; null where unknown
    public record Route(
            String supplier,
            String model,
            int priority,
            int weight,
            @Nullable Price cost) {}

    /// For a million tokens each.
    ///
    /// @param cachedInput of the prompt, where the supplier had it in its cache
    public record Price(Currency currency, BigDecimal input, BigDecimal cachedInput, BigDecimal output) {
        /// What an amount is for.
        public static final BigDecimal TOKENS = BigDecimal.valueOf(1_000_000);
    }
}
