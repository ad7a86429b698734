package dev.sampan.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuppliersSpecTests {
    private static final String WHOLE = """
            suppliers:
              - name: deepseek
                base_url: https://api.deepseek.com/v1/
                api_key_env: DEEPSEEK_API_KEY
              - {name: local, base_url: "http://127.0.0.1:11434/v1", timeout: 120}
            models:
              - name: chat
                context_length: 65536
                max_output_tokens: 8192
                on_abort: bill_relayed
                routes:
                  - {supplier: deepseek, model: deepseek-chat, cost: {input: 2, cached_input: 0.5, output: 8}}
                  - {supplier: local, model: "qwen3:8b", priority: 1, weight: 0}
                price: {input: 4, output: 12.125}
            """;

    @TempDir
    private Path folder;

    private SuppliersSpec read(String text) throws IOException {
        return Specs.readSuppliers(Files.writeString(folder.resolve("suppliers.yaml"), text));
    }

    @Test
    void aWholeFileIsReadAndItsTreeReadsBackTheSame() throws IOException {
        SuppliersSpec spec = read(WHOLE);
        assertThat(spec.suppliers().getFirst().baseUrl()).hasToString("https://api.deepseek.com/v1");
        SuppliersSpec.Model chat = spec.models().getFirst();
        assertThat(chat.uses()).isEqualTo(List.of(SuppliersSpec.Use.CHAT));
        assertThat(chat.routes()).extracting(SuppliersSpec.Route::priority).containsExactly(0, 1);
        assertThat(java.util.Objects.requireNonNull(chat.price()).of(SuppliersSpec.Rate.CACHED_INPUT, 0))
                .isEqualTo(new BigDecimal("4"));
        assertThat(Specs.suppliersFromTree(Specs.toTree(spec))).isEqualTo(spec);
    }

    @Test
    void everythingCountedMayHaveItsPriceAndLongPromptsTheirOwn() throws IOException {
        SuppliersSpec spec = read(WHOLE.replace("{input: 4, output: 12.125}", """
                {input: 4, cached_input: 1, cache_write: 5, output: 12, reasoning: 20, request: 0.000000001,
                 image: 0.2, second: 0.01, tiers: [{from_prompt: 32768, input: 8, output: 24}]}"""));
        SuppliersSpec.Price price =
                java.util.Objects.requireNonNull(spec.models().getFirst().price());
        assertThat(price.of(SuppliersSpec.Rate.INPUT, 32767)).isEqualTo("4");
        assertThat(price.of(SuppliersSpec.Rate.INPUT, 32768)).isEqualTo("8");
        assertThat(price.of(SuppliersSpec.Rate.CACHED_INPUT, 32768)).isEqualTo("1");
        assertThat(price.of(SuppliersSpec.Rate.REASONING, 32768)).isEqualTo("20");
        assertThat(price.of(SuppliersSpec.Rate.SECOND, 0)).isEqualTo("0.01");
        assertThat(Specs.suppliersFromTree(Specs.toTree(spec))).isEqualTo(spec);
    }

    @Test
    void eachKindHasTheVersionItIsAskedByAndItsTreeReadsBackTheSame() throws IOException {
        SuppliersSpec spec = read("""
                suppliers:
                  - {name: a, kind: anthropic, base_url: "https://api.anthropic.com/v1"}
                  - {name: g, kind: gemini, base_url: "https://generativelanguage.googleapis.com/v1beta"}
                  - {name: z, kind: azure, base_url: "https://my.openai.azure.com", api_version: "2025-04-01-preview"}
                models: []
                """);
        assertThat(spec.suppliers())
                .extracting(SuppliersSpec.Supplier::apiVersion)
                .containsExactly("2023-06-01", null, "2025-04-01-preview");
        assertThat(Specs.suppliersFromTree(Specs.toTree(spec))).isEqualTo(spec);
    }

    @Test
    void ordersCanariesAndMemoryAreReadAndWhatCountsNoTokensNeedsNoContext() throws IOException {
        SuppliersSpec spec = read("""
                suppliers: [{name: a, base_url: "https://a.example/v1"}]
                models:
                  - name: pictures
                    uses: [images]
                    routing: cost
                    cache: {ttl: 60, when: always}
                    routes: [{supplier: a, model: x}, {supplier: a, model: y, canary: 5}]
                    price: {image: 0.2}
                """);
        SuppliersSpec.Model model = spec.models().getFirst();
        assertThatThrownBy(() -> read("""
                suppliers: [{name: a, base_url: "https://a.example/v1"}]
                models: [{name: m, context_length: 9, routes: [{supplier: a, model: x, canary: 50}]}]
                """)).hasMessageContaining("leave nothing for its other routes");
        assertThat(model.routing()).isEqualTo(SuppliersSpec.Routing.COST);
        assertThat(model.routes().getLast().canary()).isEqualTo(5);
        assertThat(java.util.Objects.requireNonNull(model.cache()).when()).isEqualTo(SuppliersSpec.Cache.When.ALWAYS);
        assertThat(Specs.suppliersFromTree(Specs.toTree(spec))).isEqualTo(spec);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            supplier: deepseek,          | supplier: deepsek,           | unknown_supplier    | Did you mean 'deep
            name: local,                  | name: deepseek,                | duplicate_name      | its own name
            https://api.deepseek.com/v1/  | ftp://api.deepseek.com         | out_of_range        | https://api
            https://api.deepseek.com/v1/  | https://me:secret@deepseek.com | out_of_range        | and password
            max_output_tokens: 8192       | max_output_tokens: 70000       | out_of_range        | Lower
            output: 12.125                | output: 12.1255                | out_of_range        | at most three
            output: 12.125                | reasoning: 12.1255             | out_of_range        | at most three
            input: 4, output              | output                         | missing_key         | Add 'input
            input: 4, output: 12.125      | currency: CNY                  | missing_key         | cached_input, ca
            input: 4, output: 12.125      | input: 4, tiers: [{from_prompt: 9}] | missing_key    | cached_input, ca
            output: 12.125 | tiers: [{from_prompt: 9, input: 1}, {from_prompt: 9, input: 2}] | out_of_range | each once
            output: 12.125 | tiers: [{from_prompt: 70000, input: 1}]   | out_of_range | raise context
            input: 4, output: 12.125      | input: 4, picture: 1           | unknown_key         | Known here
            api_key_env: DEEPSEEK_API_KEY | api_key: sk-1                  | not_in_this_version | Leave the key out
            on_abort: bill_relayed        | on_abort: bill                 | out_of_range        | drain
            timeout: 120                  | api_version: "2024"            | out_of_range        | stands in base_url
            priority: 1, weight: 0        | canary: 101                    | out_of_range        | 100
            context_length: 65536         | on_abort: void                 | missing_key         | context_length
            timeout: 120                  | kind: antropic                 | out_of_range        | anthropic
            """)
    void aMistakeIsToldWithItsRemedy(String right, String wrong, String code, String said) {
        assertThatThrownBy(() -> read(WHOLE.replaceFirst(java.util.regex.Pattern.quote(right), wrong)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problems()).anySatisfy(problem -> {
                            assertThat(problem.code()).isEqualTo("spec." + code);
                            assertThat(problem.sentence() + " " + problem.remedy())
                                    .contains(said);
                            assertThat(problem.place()).startsWith("suppliers.yaml:");
                        }));
    }
}
