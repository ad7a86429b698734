package dev.sampan.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlansSpecTests {
    private static final Path EXAMPLE = Path.of("../examples/plans.yaml");

    @TempDir
    private Path folder;

    @Test
    void theExampleIsReadAndItsTreeReadsBackTheSame() {
        PlansSpec spec = Specs.readPlans(EXAMPLE);
        PlansSpec.Plan pro = spec.plan("pro").orElseThrow();
        assertThat(pro.trialDays()).isEqualTo(14);
        assertThat(pro.percentOff(2)).isEqualByComparingTo("50");
        assertThat(pro.percentOff(3)).isEqualByComparingTo("0");
        assertThat(pro.price(3)).isEqualByComparingTo("99");
        assertThat(pro.price(5)).isEqualByComparingTo("139");
        assertThat(spec.coupon("welcome").orElseThrow().lasts()).isEqualTo(3);
        assertThat(spec.tax("DE").orElseThrow().percent()).isEqualByComparingTo("19");
        assertThat(spec.tax("JP")).isEmpty();
        assertThat(Specs.plansFromTree(Specs.toTree(spec))).isEqualTo(spec);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            price: 99|price: 99.999|out_of_range|at most 2 decimals
            settlement: pay_later|settlement: prepaid|out_of_range|or neither
            {up_to: 50000000, price: 12}, {price: 9}|{price: 9}, {up_to: 5, price: 12}|out_of_range|rise from
            percent: 50}|percent: 150}|out_of_range|from 0 to 100
            plans: [pro]|plans: [por]|unknown_plan|no plan here
            per: 1000000, tiers: [{up_to: 50|per: 12, tiers: [{up_to: 50|out_of_range|1, 1000 or
            cancel_after: 30|cancel_after: 3|out_of_range|First suspend
            expires: 2027-12-31|expires: 2027-02-30|wrong_type|2027-02-28
            duration: repeating|duration: forever|out_of_range|or neither
            name: starter|name: pro|duplicate_name|own name
            type: trial, days: 14}|type: evergreen}|out_of_range|'evergreen' last
            interval: year|intervall: year|unknown_key|'interval'
            """)
    void aMistakeIsToldWithItsPlace(String written, String mistake, String code, String sentence) throws IOException {
        String text = Files.readString(EXAMPLE);
        assertThat(text).contains(written);
        Path file = Files.writeString(folder.resolve("plans.yaml"), text.replace(written, mistake));
        assertThatThrownBy(() -> Specs.readPlans(file))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problems()).anySatisfy(problem -> {
                            assertThat(problem.code()).isEqualTo("spec." + code);
                            assertThat(problem.place()).startsWith("plans.yaml:");
                            assertThat(problem.sentence() + problem.remedy()).contains(sentence);
                        }));
    }
}
