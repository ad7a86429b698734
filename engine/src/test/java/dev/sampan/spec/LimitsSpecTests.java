package dev.sampan.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.kernel.ProblemException;
import dev.sampan.spec.LimitsSpec.Limit;
import dev.sampan.spec.LimitsSpec.Measure;
import dev.sampan.spec.LimitsSpec.Scope;
import dev.sampan.spec.LimitsSpec.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsSpecTests {
    private static final Path EXAMPLE = Path.of("../examples/limits.yaml");

    @TempDir
    private Path folder;

    @Test
    void theExampleIsReadAndItsTreeReadsBackTheSame() {
        LimitsSpec spec = Specs.readLimits(EXAMPLE);
        assertThat(spec.limits())
                .contains(
                        new Limit(Scope.KEY, null, null, Measure.REQUESTS, Window.MINUTE, 60, null),
                        new Limit(Scope.CUSTOMER, null, null, Measure.CONCURRENT, Window.NOW, 32, null),
                        new Limit(Scope.CUSTOMER, null, null, Measure.TOKENS, Window.FIVE_HOURS, 2_000_000, null),
                        new Limit(
                                Scope.CUSTOMER,
                                null,
                                null,
                                Measure.SPEND,
                                Window.MONTH,
                                500_000_000_000L,
                                Currency.getInstance("CNY")));
        assertThat(Specs.limitsFromTree(Specs.toTree(spec))).isEqualTo(spec);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {for: key}|out_of_range|this says 0
            {for: key, requests: 1, tokens: 2}|out_of_range|this says 2
            {for: key, spend: 1, per: minute}|out_of_range|not limited by the minute
            {for: key, concurrent: 1, per: day}|out_of_range|not per day
            {for: key, requests: 1, currency: CNY}|out_of_range|Only spend
            {for: installation, of: Acme, requests: 1}|out_of_range|one installation
            {for: key, tokens: 200000000}|out_of_range|above 100000000
            {for: user, requests: 1}|out_of_range|user
            {for: key, requests: 1}, {for: key, requests: 2}|duplicate_name|Two limits
            {for: key, reqests: 1}|unknown_key|reqests
            """)
    void aMistakeIsToldWithItsPlace(String entries, String code, String sentence) throws IOException {
        Path file = Files.writeString(folder.resolve("limits.yaml"), "limits: [" + entries + "]\n");
        assertThatThrownBy(() -> Specs.readLimits(file))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problems()).anySatisfy(problem -> {
                            assertThat(problem.code()).isEqualTo("spec." + code);
                            assertThat(problem.sentence()).contains(sentence);
                            assertThat(problem.place()).startsWith("limits.yaml:");
                        }));
    }
}
