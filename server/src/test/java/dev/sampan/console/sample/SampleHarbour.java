package dev.sampan.console.sample;

import dev.sampan.accounts.web.SampleCredentials;
import dev.sampan.gateway.Door;
import dev.sampan.kernel.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;

/// The console alone, over sample rooms in memory: starts in seconds, without a database. Not a
/// `@Configuration`, so that no scan finds it. `main` keeps it open to be looked at.
@EnableAutoConfiguration(
        excludeName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"
        })
@ComponentScan(
        basePackages = {"dev.sampan.shell", "dev.sampan.console"},
        basePackageClasses = {SampleCredentials.class},
        excludeFilters = @ComponentScan.Filter(type = FilterType.REGEX, pattern = "dev\\.sampan\\.console\\.sample.*"))
@ComponentScan({
    "dev.sampan.studio.web",
    "dev.sampan.catalog.web",
    "dev.sampan.billing.web",
    "dev.sampan.payments.web",
    "dev.sampan.webhooks.web",
    "dev.sampan.serving.web",
    "dev.sampan.gateway.web",
    "dev.sampan.limits.web",
    "dev.sampan.integrity.web"
})
@Import(SampleCredentials.class)
public class SampleHarbour {
    public static ConfigurableApplicationContext open(int port) {
        return open(port, false);
    }

    /// @param empty as on the first day: no data, no model, no customer
    public static ConfigurableApplicationContext open(int port, boolean empty) {
        return new SpringApplicationBuilder(SampleHarbour.class)
                .run(
                        "--server.port=" + port,
                        "--sample.empty=" + empty,
                        "--sampan.home=" + home(),
                        "--spring.main.banner-mode=off",
                        "--logging.config=classpath:logback.xml",
                        "--logging.level.root=WARN",
                        "--spring.modulith.runtime.verification-enabled=false");
    }

    public static void main(String[] arguments) {
        open(arguments.length == 0 ? 8123 : Integer.parseInt(arguments[0]), arguments.length > 1);
    }

    @Bean
    SampleLimits limits() {
        return new SampleLimits();
    }

    @Bean
    SampleAccounts accounts(@Value("${sample.empty}") boolean empty) {
        return new SampleAccounts(empty);
    }

    /// On a home of its own, which the system forgets.
    private static String home() {
        try {
            return Files.createTempDirectory("sampan-sample-").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Bean
    Door door() {
        return () -> URI.create("http://localhost:8000");
    }

    @Bean
    SampleStudio studio(SampleAccounts accounts, @Value("${sample.empty}") boolean empty) {
        return new SampleStudio(accounts.team().id(), empty);
    }

    @Bean
    SampleShelf shelf(SampleAccounts accounts, @Value("${sample.empty}") boolean empty) {
        return new SampleShelf(accounts.team().id(), empty);
    }

    @Bean
    SampleSuppliers suppliers(@Value("${sample.empty}") boolean empty) {
        return new SampleSuppliers(empty);
    }

    @Bean
    SampleMembers members() {
        return new SampleMembers();
    }

    @Bean
    SampleIntegrity integrity(@Value("${sample.empty}") boolean empty) {
        return new SampleIntegrity(empty);
    }

    @Bean
    SamplePayments payments(SampleAccounts accounts, @Value("${sample.empty}") boolean empty) {
        return new SamplePayments(
                accounts.organisationNamed("Harbour Tea")
                        .orElse(accounts.team())
                        .id(),
                empty);
    }

    @Bean
    SampleWebhooks webhooks(@Value("${sample.empty}") boolean empty) {
        return new SampleWebhooks(empty);
    }

    @Bean
    SampleFunds funds(SampleAccounts accounts) {
        return new SampleFunds(accounts.organisationNamed("Harbour Tea")
                .orElse(accounts.team())
                .id());
    }

    @Bean
    SamplePlans plans(SampleAccounts accounts, @Value("${sample.empty}") boolean empty) {
        var tea = accounts.organisationNamed("Harbour Tea").orElse(accounts.team());
        return new SamplePlans(tea.id(), tea.name(), empty);
    }

    @Bean
    SampleBilling billing(SampleAccounts accounts) {
        var tea = accounts.organisationNamed("Harbour Tea").orElse(accounts.team());
        TenantId active = tea.id();
        return new SampleBilling(active, tea.name());
    }
}
