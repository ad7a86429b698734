package dev.sampan.console.sample;

import dev.sampan.gateway.Routing;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Ulid;
import dev.sampan.spec.Specs;
import dev.sampan.spec.SuppliersSpec;
import dev.sampan.spec.SuppliersSpec.Route;
import dev.sampan.suppliers.Directory;
import dev.sampan.suppliers.Suppliers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The example's suppliers, one of them tired.
public final class SampleSuppliers implements Suppliers, Routing {
    private final SuppliersSpec spec;

    public SampleSuppliers(boolean empty) {
        spec = empty
                ? new SuppliersSpec(List.of(), List.of())
                : Specs.readSuppliers(Path.of("..", "examples", "suppliers.yaml"));
    }

    @Override
    public Ulid apply(SuppliersSpec set, Map<String, String> keys, ActorId by) {
        throw new UnsupportedOperationException("the sample keeps its suppliers");
    }

    @Override
    public Directory directory() {
        return new Directory(new Ulid(1, 1), spec, Map.of());
    }

    @Override
    public RouteState state(String publicModel, Route route) {
        boolean tired = route.supplier().equals("local");
        return new RouteState(
                publicModel,
                route.supplier(),
                route.model(),
                tired ? Instant.now().plusSeconds(60) : null,
                tired ? 15 : 1284,
                tired ? 3 : 4,
                tired ? 2 : 0,
                tired ? 4200 : 310);
    }
}
