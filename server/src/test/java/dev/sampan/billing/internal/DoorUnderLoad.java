package dev.sampan.billing.internal;

import dev.sampan.accounts.Accounts;
import dev.sampan.billing.Billing;
import dev.sampan.database.Database;
import dev.sampan.database.DatabaseAddress;
import dev.sampan.database.EmbeddedPostgres;
import dev.sampan.database.PooledDatabase;
import dev.sampan.gateway.Door;
import dev.sampan.gateway.internal.FakeKeys;
import dev.sampan.gateway.internal.FakeModels;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.Ulid;
import dev.sampan.limits.Limiter;
import dev.sampan.metering.CallJournal;
import dev.sampan.serving.Serving;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.Stream;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/// The rooms of money with a model that answers at once, to be put under load from outside: what is measured is the
/// door, the journal, the drain and PostgreSQL. Prints the address and its process id; each line read from standard
/// input drains everything and prints the balance; the end of input stops it.
final class DoorUnderLoad {
    private DoorUnderLoad() {}

    /// @param args an empty folder that the database's user may enter
    public static void main(String[] args) throws IOException {
        Path home = Path.of(args[0]);
        try (EmbeddedPostgres postgres =
                        EmbeddedPostgres.start(new EmbeddedPostgres.Options(home, "nobody", home.resolve("binaries")));
                PooledDatabase database = open(postgres.address());
                AnnotationConfigApplicationContext rooms = rooms(home, database)) {
            FakeKeys keys = (FakeKeys) rooms.getBean(Accounts.class);
            Billing billing = rooms.getBean(Billing.class);
            ActorId somebody = new ActorId(Ulid.next());
            billing.setPrice(FakeModels.MODEL, "Load", Money.of("0.002", "CNY"), somebody);
            billing.grantTrialCredit(keys.tenant(), Money.of("1000000", "CNY"), somebody);
            System.out.println(rooms.getBean(Door.class).address() + " pid "
                    + ProcessHandle.current().pid());
            while (System.in.read() >= 0) {
                rooms.getBean(CallJournal.class).flush();
                System.out.println("drained, " + billing.balance(keys.tenant()));
            }
        }
    }

    private static PooledDatabase open(DatabaseAddress address) {
        return PooledDatabase.open(address);
    }

    private static AnnotationConfigApplicationContext rooms(Path home, Database database) {
        AnnotationConfigApplicationContext rooms = new AnnotationConfigApplicationContext();
        Map<String, Object> settings = Map.of("sampan.home", home.toString(), "sampan.gateway.port", "0");
        rooms.getEnvironment().getPropertySources().addFirst(new MapPropertySource("load", settings));
        rooms.registerBean(Database.class, () -> database);
        rooms.registerBean(Accounts.class, FakeKeys::new);
        rooms.registerBean(Serving.class, FakeModels::new);
        rooms.registerBean(Limiter.class, () -> Limiter.OPEN);
        rooms.registerBean(InstantSource.class, InstantSource::system);
        Stream.of("gateway", "metering", "billing").forEach(room -> rooms.scan("dev.sampan." + room + ".internal"));
        rooms.refresh();
        return rooms;
    }
}
