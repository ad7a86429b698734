package dev.sampan.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `payments.yaml`, its defaults and its mistakes.
class PaymentsSpecTests {
    @TempDir
    Path folder;

    private PaymentsSpec read(String yaml) throws IOException {
        return Specs.readPayments(Files.writeString(folder.resolve("payments.yaml"), yaml));
    }

    private List<String> mistakes(String yaml) {
        List<String> lines = new java.util.ArrayList<>();
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> e.problems().stream().map(Problem::line).forEach(lines::add));
        return lines;
    }

    @Test
    void theExampleIsReadAndReadsBackToAnEqualValue() {
        PaymentsSpec spec = Specs.readPayments(Path.of("..", "examples", "payments.yaml"));
        assertThat(spec.providers())
                .extracting(PaymentsSpec.Provider::name)
                .containsExactly("stripe", "wechat", "alipay", "bank");
        assertThat(spec.provider("stripe").orElseThrow().variables())
                .containsExactly("STRIPE_API_KEY", "STRIPE_WEBHOOK_SECRET");
        assertThat(spec.provider("wechat").orElseThrow().currencies()).hasToString("[CNY]");
        assertThat(Specs.paymentsFromTree(Specs.toTree(spec))).isEqualTo(spec);
    }

    @Test
    void everyMistakeIsToldWithItsPlace() {
        assertThat(mistakes("""
                        public_url: console.example.com
                        providers:
                          - {type: stripe, currencies: [USD], api_key_env: A, webhook_secret_envs: []}
                          - {type: wechat, app_id: wx1}
                          - {type: paypal}
                          - {type: bank, account: [a], acount: b}
                        """))
                .anyMatch(line -> line.startsWith("payments.yaml:1:13: public_url is"))
                .anyMatch(line -> line.contains("webhook_secret_envs must hold 1 to 5"))
                .anyMatch(line -> line.contains("lacks the key 'merchant_id'"))
                .anyMatch(line -> line.contains("'paypal' is not in this version"))
                .anyMatch(line -> line.contains("Did you mean 'account'?"));
    }

    @Test
    void twoProvidersOfOneNameAreRefused() {
        assertThat(mistakes("""
                        public_url: https://console.example.com
                        providers:
                          - {type: bank, account: [a]}
                          - {type: bank, account: [b]}
                        """)).singleElement().asString().contains("providers has 'bank' twice");
    }
}
