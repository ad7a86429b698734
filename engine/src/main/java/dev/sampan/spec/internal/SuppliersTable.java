package dev.sampan.spec.internal;

import dev.sampan.kernel.Nearest;
import dev.sampan.spec.SuppliersSpec;
import dev.sampan.spec.SuppliersSpec.Aborted;
import dev.sampan.spec.SuppliersSpec.Cache;
import dev.sampan.spec.SuppliersSpec.Kind;
import dev.sampan.spec.SuppliersSpec.Model;
import dev.sampan.spec.SuppliersSpec.Price;
import dev.sampan.spec.SuppliersSpec.Rate;
import dev.sampan.spec.SuppliersSpec.Route;
import dev.sampan.spec.SuppliersSpec.Routing;
import dev.sampan.spec.SuppliersSpec.Supplier;
import dev.sampan.spec.SuppliersSpec.Use;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The keys of `suppliers.yaml`.
final class SuppliersTable {
    private static final int TOKENS_MAX = 10_000_000;
    private static final int OUTPUT_TOKENS = 4096;
    private static final int MANY = 1000;

    private SuppliersTable() {}

    static Block<SuppliersSpec> root() {
        Field<SuppliersSpec, Integer> version =
                Field.of("version", NumberTypes.whole(1, 1), 1, "Version of this format", _ -> 1);
        Field<SuppliersSpec, List<Supplier>> suppliers = Field.required(
                "suppliers", new ListType<>(supplier(), "suppliers", 0, MANY), "Who answers", SuppliersSpec::suppliers);
        Field<SuppliersSpec, List<Model>> models = Field.required(
                "models",
                new ListType<>(model(), "models", 0, MANY),
                "Public names and who stands behind them",
                SuppliersSpec::models);
        return new Block<>(
                List.of(version, suppliers, models),
                Set.of("cache", "guard"),
                v -> checked(v, new SuppliersSpec(v.get(suppliers), v.get(models))));
    }

    private static Block<Supplier> supplier() {
        Field<Supplier, String> name = Field.required("name", TextTypes.name(), "What it is called", Supplier::name);
        Field<Supplier, Kind> kind = Field.of(
                "kind",
                TextTypes.choice(Kind.class),
                Kind.OPENAI,
                "How it is spoken to; openai is what most speak: DeepSeek, Qwen, Zhipu, Moonshot, vLLM, Ollama …",
                Supplier::kind);
        Field<Supplier, URI> url =
                Field.required("base_url", new WebAddressType(), "Up to and with the version", Supplier::baseUrl);
        Field<Supplier, String> version = Field.nullable(
                "api_version",
                TextTypes.text(),
                "api-version of Azure, anthropic-version of Anthropic; default: one that we know well",
                Supplier::apiVersion);
        Field<Supplier, String> key = Field.nullable(
                "api_key_env",
                TextTypes.text(),
                "Environment variable that holds its key when this file is applied; null where none is asked",
                Supplier::keyVariable);
        Field<Supplier, String> limit = Field.of(
                "output_limit_key",
                TextTypes.word(List.of("max_tokens", "max_completion_tokens")),
                "max_tokens",
                "How it names the greatest length of an answer; OpenAI's newer models want max_completion_tokens",
                Supplier::outputLimitKey);
        Field<Supplier, Integer> silence = Field.of(
                "timeout",
                NumberTypes.whole(1, 600),
                60,
                "Seconds it may say nothing before it is given up",
                Supplier::silenceSeconds);
        return new Block<>(
                List.of(name, kind, url, key, limit, version, silence),
                Set.of("api_key", "headers", "proxy", "region"),
                v -> new Supplier(
                        v.get(name),
                        v.get(kind),
                        v.get(url),
                        v.find(key),
                        v.get(limit),
                        version(v, v.get(kind), v.find(version)),
                        v.get(silence)));
    }

    /// What a kind is asked by when nothing is said; a version that a kind has no use for is a mistake.
    private static @Nullable String version(Values values, Kind kind, @Nullable String said) {
        String usual = switch (kind) {
            case ANTHROPIC -> "2023-06-01";
            case AZURE -> "2024-10-21";
            case OPENAI, GEMINI -> null;
        };
        if (usual == null && said != null) {
            values.problem(
                    "api_version",
                    Spot.OUT_OF_RANGE,
                    "A supplier of kind " + kind.name().toLowerCase(Locale.ROOT) + " has no api_version",
                    "Leave it out: the version stands in base_url");
        }
        return said == null ? usual : said;
    }

    private static Block<Model> model() {
        Field<Model, String> name =
                Field.required("name", TextTypes.name(), "The public name, as callers write it", Model::name);
        Field<Model, List<Use>> uses = Field.of(
                "uses",
                new ListType<>(TextTypes.choice(Use.class), "uses", 1, Use.values().length),
                List.of(Use.CHAT),
                "What may be asked of it",
                Model::uses);
        Field<Model, Integer> context = Field.derived(
                "context_length",
                NumberTypes.whole(1, TOKENS_MAX),
                "Tokens of prompt and answer together; to be said where any of the uses counts tokens",
                Model::contextLength);
        Field<Model, Integer> output = Field.derived(
                "max_output_tokens",
                NumberTypes.whole(1, TOKENS_MAX),
                "The longest answer; what a call is held for when it asks for no less; default: 4096, or what the"
                        + " context holds",
                Model::maxOutputTokens);
        Field<Model, Aborted> aborted = Field.of(
                "on_abort",
                TextTypes.choice(Aborted.class),
                Aborted.DRAIN,
                "What is charged when the caller goes away in the middle of an answer",
                Model::onAbort);
        Field<Model, List<Route>> routes = Field.required(
                "routes", new ListType<>(route(), "routes", 1, MANY), "Who answers, and in which order", Model::routes);
        Field<Model, Price> price = Field.nullable(
                "price",
                PriceTable.price(),
                "What customers pay; null: calls are refused until there is one",
                Model::price);
        Field<Model, Routing> routing = Field.of(
                "routing",
                TextTypes.choice(Routing.class),
                Routing.PRIORITY,
                "In which order routes are asked: by priority, at random by weight, the quickest or cheapest first",
                Model::routing);
        Field<Model, Cache> cache = Field.nullable(
                "cache", cache(), "Equal calls of one customer are answered from memory; null: never", Model::cache);
        return new Block<>(
                List.of(name, uses, context, output, aborted, routing, cache, routes, price),
                Set.of("guard", "hedge"),
                v -> {
                    int length = v.find(context, contextLength(v, v.get(uses)));
                    return new Model(
                            v.get(name),
                            v.get(uses),
                            length,
                            v.find(output, Math.min(OUTPUT_TOKENS, length)),
                            v.get(aborted),
                            v.get(routing),
                            v.find(cache),
                            v.get(routes),
                            v.find(price));
                });
    }

    private static Block<Cache> cache() {
        Field<Cache, Integer> seconds =
                Field.required("ttl", NumberTypes.whole(1, 86_400), "Seconds an answer is kept", Cache::seconds);
        Field<Cache, Cache.When> when = Field.of(
                "when",
                TextTypes.choice(Cache.When.class),
                Cache.When.DETERMINISTIC,
                "Which calls: those whose answer is the same each time (temperature 0, vectors …), or all",
                Cache::when);
        return new Block<>(List.of(seconds, when), Set.of("semantic"), v -> new Cache(v.get(seconds), v.get(when)));
    }

    /// Where it is not said.
    private static int contextLength(Values values, List<Use> uses) {
        if (!values.wrote("context_length") && uses.stream().anyMatch(Use::tokens)) {
            values.problem(
                    "name",
                    "spec.missing_key",
                    "A model that answers texts lacks the key 'context_length'",
                    "Add 'context_length: …': tokens of prompt and answer together");
        }
        return TOKENS_MAX;
    }

    private static Block<Route> route() {
        Field<Route, String> supplier =
                Field.required("supplier", TextTypes.name(), "Name of a supplier above", Route::supplier);
        Field<Route, String> model =
                Field.required("model", TextTypes.text(), "The model as the supplier names it", Route::model);
        Field<Route, Integer> priority = Field.of(
                "priority",
                NumberTypes.whole(0, MANY),
                0,
                "The least goes first, the next ones when it fails",
                Route::priority);
        Field<Route, Integer> weight =
                Field.of("weight", NumberTypes.whole(0, MANY), 1, "Share among those of equal priority", Route::weight);
        Field<Route, Price> cost =
                Field.nullable("cost", PriceTable.price(), "What the supplier takes; null: unknown", Route::cost);
        Field<Route, Integer> canary = Field.nullable(
                "canary",
                NumberTypes.whole(0, 100),
                "Percent of calls that are tried here first, to see how it fares; the others come here last",
                Route::canary);
        return new Block<>(
                List.of(supplier, model, priority, weight, canary, cost),
                Set.of("region", "rpm", "tpm"),
                v -> new Route(
                        v.get(supplier), v.get(model), v.get(priority), v.get(weight), v.find(canary), v.find(cost)));
    }

    /// What is seen only when the whole file is held together.
    private static SuppliersSpec checked(Values values, SuppliersSpec spec) {
        values.requireUnique("suppliers", spec.suppliers(), Supplier::name);
        values.requireUnique("models", spec.models(), Model::name);
        for (int i = 0; i < spec.models().size(); i++) {
            Model model = spec.models().get(i);
            check(values, spec, model, "models." + i);
        }
        return spec;
    }

    private static void check(Values values, SuppliersSpec spec, Model model, String path) {
        if (model.maxOutputTokens() > model.contextLength()) {
            values.problem(
                    path + ".max_output_tokens",
                    Spot.OUT_OF_RANGE,
                    "The model '" + model.name() + "' has max_output_tokens " + model.maxOutputTokens()
                            + " above its context_length " + model.contextLength(),
                    "Lower max_output_tokens");
        }
        int canaries = model.routes().stream()
                .mapToInt(route -> route.canary() == null ? 0 : route.canary())
                .sum();
        if (canaries > 100 || model.routes().stream().allMatch(route -> route.canary() != null)) {
            values.problem(
                    path + ".routes",
                    Spot.OUT_OF_RANGE,
                    "The canaries of '" + model.name() + "' leave nothing for its other routes",
                    "Let them add up to 100 at the most, and keep one route without");
        }
        if (model.price() != null) {
            price(values, model, model.price(), path + ".price");
        }
        for (int i = 0; i < model.routes().size(); i++) {
            String wanted = model.routes().get(i).supplier();
            if (spec.supplier(wanted).isEmpty()) {
                List<String> known =
                        spec.suppliers().stream().map(Supplier::name).toList();
                String near = Nearest.of(wanted, known);
                values.problem(
                        path + ".routes." + i + ".supplier",
                        "spec.unknown_supplier",
                        "The model '" + model.name() + "' has a route to '" + wanted + "', which is no supplier here",
                        near == null ? "Suppliers: " + String.join(", ", known) : "Did you mean '" + near + "'?");
            }
        }
    }

    /// Who sells tokens says what they cost; a price of pictures alone would give them away.
    private static void price(Values values, Model model, Price price, String path) {
        PriceTable.wholeNanos(values, price, path, model.name());
        PriceTable.reachable(values, price, path, model.contextLength());
        boolean tokens = model.uses().stream().anyMatch(Use::tokens);
        if (tokens && !price.rates().containsKey(Rate.INPUT) && !price.rates().containsKey(Rate.REQUEST)) {
            values.problem(
                    path,
                    "spec.missing_key",
                    "The price of '" + model.name() + "' lacks the key 'input', though its calls are counted in tokens",
                    "Add 'input: …', for a million tokens of prompt, or 'request: …', for each call");
        }
    }
}
