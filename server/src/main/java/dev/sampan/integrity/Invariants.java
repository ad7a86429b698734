package dev.sampan.integrity;

import java.util.List;

/// A room's invariants, as one bean.
public record Invariants(List<Invariant> all) {
    public Invariants {
        all = List.copyOf(all);
    }

    public static Invariants of(Invariant... all) {
        return new Invariants(List.of(all));
    }
}
