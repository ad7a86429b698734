package dev.sampan.spec;

import java.math.BigDecimal;
import java.net.URI;
import java.util.Collections;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `suppliers.yaml`: who answers calls that no model of our own does, under which public names, and at what
/// price.
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
    /// @param baseUrl up to and with the version: `https://api.deepseek.com/v1`; of Azure the resource's
    ///     address
    /// @param keyVariable environment variable that holds the key when the file is applied; null where none is
    ///     asked
    /// @param outputLimitKey how it names the longest answer: `max_tokens` or `max_completion_tokens`
    /// @param apiVersion `api-version` of Azure, `anthropic-version` of Anthropic; null where the kind has none
    /// @param silenceSeconds how long it may say nothing before it is given up, 1 to 600
    public record Supplier(
            String name,
            Kind kind,
            URI baseUrl,
            @Nullable String keyVariable,
            String outputLimitKey,
            @Nullable String apiVersion,
            int silenceSeconds) {}

    /// How a supplier is spoken to.
    public enum Kind {
        /// As OpenAI's API, which most others speak too.
        OPENAI,
        /// Anthropic's Messages.
        ANTHROPIC,
        /// Google's Gemini API: `generateContent`.
        GEMINI,
        /// OpenAI's API as Azure has it: one path for each deployment, which is what a route calls `model`.
        AZURE
    }

    /// What is asked of a model.
    public enum Use {
        CHAT,
        COMPLETIONS,
        EMBEDDINGS,
        /// OpenAI's newer way of a chat, where the suppliers know it; where they do not, a chat answers for it.
        RESPONSES,
        MODERATIONS,
        /// Which of some texts answer a question best, as Cohere and Jina have it.
        RERANK,
        /// Pictures made from a text.
        IMAGES,
        /// A text read aloud.
        SPEECH,
        /// What is said in a recording.
        TRANSCRIPTIONS,
        /// The same, in English.
        TRANSLATIONS;

        /// Whether prompts must fit a context, and answers are texts of some length.
        public boolean tokens() {
            return compareTo(RESPONSES) <= 0;
        }
    }

    /// A public model name and who stands behind it.
    ///
    /// @param contextLength tokens of prompt and answer together, the most any of the routes takes; of no
    ///     meaning where no use counts tokens
    /// @param maxOutputTokens the longest answer, which a call is held for when it asks for no less
    /// @param cache null: every call goes to a supplier
    /// @param routes at least one
    /// @param price null: the price stands elsewhere, or nothing is sold
    public record Model(
            String name,
            List<Use> uses,
            int contextLength,
            int maxOutputTokens,
            Aborted onAbort,
            Routing routing,
            @Nullable Cache cache,
            List<Route> routes,
            @Nullable Price price) {
        public Model {
            uses = List.copyOf(uses);
            routes = List.copyOf(routes);
        }
    }

    /// Equal calls of one customer are answered from memory.
    ///
    /// @param seconds how long an answer is kept, 1 to 86400
    public record Cache(int seconds, When when) {
        /// Which calls.
        public enum When {
            /// Those whose answer is the same each time: `temperature` 0, vectors, moderations, reranking.
            DETERMINISTIC,
            /// All.
            ALWAYS
        }
    }

    /// In which order the routes of a model are asked. Those that fail are left alone for a while in any of
    /// them.
    public enum Routing {
        /// The least priority first, among equals at random by weight.
        PRIORITY,
        /// At random by weight, whatever the priority.
        WEIGHTED,
        /// The one that began to answer soonest lately; now and then another, to see how it fares.
        LATENCY,
        /// The one where this call is likely to cost us least; those of unknown cost last.
        COST
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
    /// @param canary percent of the model's calls that are tried here first, whatever the order; the others
    ///     come here last; null for an ordinary route
    /// @param cost what the supplier takes; null where unknown
    public record Route(
            String supplier,
            String model,
            int priority,
            int weight,
            @Nullable Integer canary,
            @Nullable Price cost) {}

    /// What is counted of a call and has a price of its own.
    public enum Rate {
        /// Tokens of the prompt that no cache of the supplier held and none was filled with.
        INPUT,
        /// Tokens of the prompt that the supplier had in its cache; where not stated, as input.
        CACHED_INPUT,
        /// Tokens of the prompt that the supplier put into its cache; where not stated, as input.
        CACHE_WRITE,
        /// Tokens of the answer.
        OUTPUT,
        /// Tokens of the answer that were thinking; where not stated, as output.
        REASONING,
        /// A call that was answered, whatever else is counted of it.
        REQUEST,
        /// A picture made.
        IMAGE,
        /// A second of sound, begun ones whole.
        SECOND;

        /// As files and tables name it.
        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// For how many of it a price is stated.
        public long priced() {
            return tokens() ? TOKENS : 1;
        }

        public boolean tokens() {
            return compareTo(REQUEST) < 0;
        }

        private @Nullable Rate instead() {
            return switch (this) {
                case CACHED_INPUT, CACHE_WRITE -> INPUT;
                case REASONING -> OUTPUT;
                case INPUT, OUTPUT, REQUEST, IMAGE, SECOND -> null;
            };
        }
    }

    /// What a token's price is stated for.
    public static final long TOKENS = 1_000_000;

    /// Amounts for a million tokens, or for one request, picture or second.
    ///
    /// @param rates at least one; what is not stated costs what stands for it, or nothing
    /// @param tiers dearer or cheaper rates of longer prompts, by ascending threshold
    public record Price(Currency currency, Map<Rate, BigDecimal> rates, List<Tier> tiers) {
        public Price {
            rates = Collections.unmodifiableMap(new EnumMap<>(rates));
            tiers = List.copyOf(tiers);
        }

        /// What `rate` costs for a prompt of so many tokens.
        public BigDecimal of(Rate rate, long prompt) {
            Map<Rate, BigDecimal> reached = at(prompt);
            BigDecimal own = reached.get(rate);
            Rate instead = rate.instead();
            return own != null || instead == null
                    ? Objects.requireNonNullElse(own, BigDecimal.ZERO)
                    : reached.getOrDefault(instead, BigDecimal.ZERO);
        }

        /// What is stated of a prompt of so many tokens: its tier's rates, and those of the tiers below that it
        /// does not replace.
        private Map<Rate, BigDecimal> at(long prompt) {
            if (tiers.isEmpty() || prompt < tiers.getFirst().fromPrompt()) {
                return rates;
            }
            Map<Rate, BigDecimal> reached = new EnumMap<>(rates);
            tiers.stream().filter(tier -> tier.fromPrompt() <= prompt).forEach(tier -> reached.putAll(tier.rates()));
            return reached;
        }
    }

    /// @param fromPrompt tokens of a prompt from which on these rates hold for the whole call
    /// @param rates at least one
    public record Tier(int fromPrompt, Map<Rate, BigDecimal> rates) {
        public Tier {
            rates = Collections.unmodifiableMap(new EnumMap<>(rates));
        }
    }
}
