package dev.sampan.gateway.internal;

import dev.sampan.accounts.Accounts;
import dev.sampan.gateway.Once;
import dev.sampan.gateway.Purse;
import dev.sampan.gateway.Route;
import dev.sampan.gateway.internal.supply.Health;
import dev.sampan.limits.Limiter;
import dev.sampan.serving.Serving;
import dev.sampan.suppliers.internal.SupplierBook;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/// The real door over any rooms, on a free port: for tests of the HTTP and for benchmarks of the whole path.
public final class OpenDoor implements AutoCloseable {
    private final Gateway gateway;
    private final Health health = new Health(InstantSource.system(), () -> 0.5);

    /// What stands behind it.
    public record Behind(Accounts accounts, Serving serving, SupplierBook suppliers, Purse purse, List<Route> routes) {
        public Behind(Accounts accounts, Serving serving, Purse purse, List<Route> routes) {
            this(accounts, serving, FakeSuppliers.none(), purse, routes);
        }
    }

    public OpenDoor(Behind behind) {
        this(behind, new GatewayProperties("127.0.0.1", 0, 0, 0, 1024, 2048, 512, 0));
    }

    OpenDoor(Behind behind, GatewayProperties properties) {
        this(behind, properties, Limiter.OPEN);
    }

    OpenDoor(Behind behind, GatewayProperties properties, Limiter limiter) {
        this(behind, properties, limiter, new FakeOnce());
    }

    OpenDoor(Behind behind, GatewayProperties properties, Limiter limiter, Once once) {
        GatewayRoom room = new GatewayRoom();
        StaticListableBeanFactory routes = new StaticListableBeanFactory();
        StaticListableBeanFactory answers = new StaticListableBeanFactory();
        answers.addBean("once", once);
        behind.routes.forEach(route -> routes.addBean(route.path(), route));
        gateway = room.gateway(
                properties,
                behind.accounts,
                behind.serving,
                behind.suppliers,
                health,
                behind.purse,
                limiter,
                answers.getBeanProvider(Once.class),
                routes.getBeanProvider(Route.class),
                room.limits(properties),
                room.connections(InstantSource.system()),
                room.meterRegistry(),
                InstantSource.system());
        gateway.start();
    }

    Health health() {
        return health;
    }

    public URI address() {
        return gateway.address();
    }

    @Override
    public void close() {
        gateway.stop();
    }
}
