package dev.sampan.catalog;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Sha256;
import dev.sampan.kernel.TenantId;
import dev.sampan.model.ModelPackage;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The shelf.
public interface Catalog {
    /// Takes a copy of the package; the same content under the same name is the version that stands there already.
    ModelVersion register(TenantId tenant, String name, ModelPackage model, ActorId by);

    /// Moves an alias such as `live`; every move is kept for ever. A move to where it points already is not a move.
    void moveAlias(TenantId tenant, String name, String alias, int number, ActorId by);

    Optional<ModelVersion> version(TenantId tenant, String name, int number);

    Optional<ModelVersion> byAlias(TenantId tenant, String name, String alias);

    /// Names in order, each with its newest version.
    List<ModelVersion> newest(TenantId tenant);

    /// Newest first.
    List<ModelVersion> versions(TenantId tenant, String name);

    /// Newest move first.
    List<AliasMove> aliasHistory(TenantId tenant, String name);

    /// The package as it lies on the disk, checked.
    ModelPackage open(Sha256 content);

    /// @param from version before the move, null for the first
    record AliasMove(String name, String alias, @Nullable Integer from, int to, Instant at, ActorId by) {}
}
