package dev.sampan.harness;

import dev.sampan.SampanApplication;
import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.Organisation;
import dev.sampan.billing.Billing;
import dev.sampan.catalog.ModelVersion;
import dev.sampan.database.DatabaseAddress;
import dev.sampan.database.EmbeddedPostgres;
import dev.sampan.gateway.Door;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.Sha256;
import dev.sampan.kernel.Ulid;
import dev.sampan.metering.CallJournal;
import dev.sampan.metering.Meters;
import dev.sampan.runtime.Prediction;
import dev.sampan.serving.Deployment;
import dev.sampan.serving.Serving;
import dev.sampan.spec.ServeSpec;
import dev.sampan.spec.Specs;
import dev.sampan.suppliers.Suppliers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/// The whole platform in a process of its own, with a model that answers at once in place of a loaded one, so that
/// only the door and the money are measured. Says `ADDRESS SECRET` on standard output; then each line it reads
/// makes it drain the journal and say `ROWS SUM`: how many usage rows there are and what the ledger sums to, in
/// nanos. Arguments: the home, and perhaps the address of an upstream for a supplied model.
public final class LoadedPlatform {
    static final String MODEL = "constant";
    static final String SUPPLIED = "gpt-4o-mini";

    private LoadedPlatform() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        try (ConfigurableApplicationContext rooms = new SpringApplicationBuilder(
                        SampanApplication.class, AnswersAtOnce.class)
                .registerShutdownHook(false)
                .run("--sampan.home=" + arguments[0], "--sampan.gateway.port=0", "--sampan.console.port=0")) {
            Accounts accounts = rooms.getBean(Accounts.class);
            ActorId actor = accounts.platformActor();
            Organisation customer = accounts.createCustomer("load", actor);
            Billing billing = rooms.getBean(Billing.class);
            billing.setPrice(MODEL, "Constant answers", Money.of("0.0001", "CNY"), actor);
            billing.grantTrialCredit(customer.id(), Money.of("1000000", "CNY"), actor);
            if (arguments.length > 1) {
                supply(rooms, arguments[1], actor);
            }
            String secret = accounts.createKey(customer.id(), "load", actor).secret();
            System.out.println(rooms.getBean(Door.class).address() + " " + secret);
            BufferedReader questions = new BufferedReader(new InputStreamReader(System.in));
            while (questions.readLine() != null) {
                rooms.getBean(CallJournal.class).flush();
                long rows = rooms
                        .getBean(Meters.class)
                        .sums(customer.id(), Instant.EPOCH, Instant.now().plusSeconds(60), Meters.Grouping.MODEL)
                        .stream()
                        .mapToLong(Meters.GroupSum::calls)
                        .sum();
                System.out.println(rows + " " + ledgerSum(rooms.getBean(EmbeddedPostgres.class)));
            }
        }
    }

    /// A model whose calls go on to an upstream at `address`.
    private static void supply(ConfigurableApplicationContext rooms, String address, ActorId actor) throws IOException {
        Path file = Files.createTempFile("suppliers", ".yaml");
        Files.writeString(file, """
                suppliers:
                  - {name: upstream, base_url: "%s/v1"}
                models:
                  - name: %s
                    uses: [chat]
                    context_length: 8192
                    max_output_tokens: 4096
                    routes: [{supplier: upstream, model: gpt-4o-mini, cost: {input: 1, output: 4}}]
                    price: {currency: CNY, input: 2, output: 8}
                """.formatted(address, SUPPLIED));
        rooms.getBean(Suppliers.class).apply(Specs.readSuppliers(file), Map.of(), actor);
        Files.delete(file);
    }

    private static String ledgerSum(EmbeddedPostgres postgres) throws SQLException {
        DatabaseAddress owner = postgres.address();
        try (var connection = DriverManager.getConnection(owner.url(), owner.user(), owner.password());
                var statement = connection.createStatement()) {
            statement.execute("set sampan.scope = 'platform'");
            try (var rows = statement.executeQuery("select coalesce(sum(nanos), 0) from billing.entry")) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    /// Takes the place of the room's own bean.
    @Configuration(proxyBeanMethods = false)
    static class AnswersAtOnce {
        @Bean
        @Primary
        Serving constant() {
            return new Constant();
        }
    }

    private static final class Constant implements Serving {
        private static final List<String> LABELS = List.of("yes", "no");
        private final Deployment deployment = new Deployment(
                Ulid.next(),
                new dev.sampan.kernel.TenantId(Ulid.next()),
                MODEL,
                MODEL,
                1,
                Sha256.of(MODEL),
                32,
                Instant.now());

        @Override
        public Deployment deploy(ModelVersion version, ServeSpec spec, ActorId by) {
            return deployment;
        }

        @Override
        public Optional<Deployment> live(String publicModel) {
            return publicModel.equals(MODEL) ? Optional.of(deployment) : Optional.empty();
        }

        @Override
        public List<Deployment> deployments() {
            return List.of(deployment);
        }

        @Override
        public List<Prediction> predict(String publicModel, List<Map<String, String>> inputs) {
            return inputs.stream()
                    .<Prediction>map(_ -> new Prediction.Category("yes", 0.75, new float[] {0.75f, 0.25f}))
                    .toList();
        }

        @Override
        public List<String> labels(String publicModel) {
            return LABELS;
        }
    }
}
