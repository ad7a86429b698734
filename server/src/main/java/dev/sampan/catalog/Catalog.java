package dev.sampan.catalog;

import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Sha256;
import dev.sampan.kernel.TenantId;
import dev.sampan.model.ModelPackage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The shelf.
public interface Catalog {
    /// Takes a copy of the package; the same content under the same name is the version that stands there already.
    ModelVersion register(TenantId tenant, String name, ModelPackage model, ActorId by);

    /// Moves an alias such as `live`; every move is kept for ever. A move to where it points already is not a move.
    void moveAlias(TenantId tenant, String name, String alias, int number, ActorId by);

    /// Takes the alias away; where it pointed stays in its history. An alias that points nowhere stays so.
    void dropAlias(TenantId tenant, String name, String alias, ActorId by);

    /// Takes a copy of a model that others made: a folder whose kind only its maker's tools know. It can be named,
    /// aliased and fetched like any other, but neither opened nor served here.
    ModelVersion registerForeign(TenantId tenant, String name, Path model, ActorId by);

    Optional<ModelVersion> version(TenantId tenant, String name, int number);

    Optional<ModelVersion> byAlias(TenantId tenant, String name, String alias);

    /// Names in order, each with its newest version.
    List<ModelVersion> newest(TenantId tenant);

    /// Newest first.
    List<ModelVersion> versions(TenantId tenant, String name);

    /// Where aliases point now, by name, then by alias.
    Map<String, Map<String, Integer>> aliases(TenantId tenant);

    /// Newest move first.
    List<AliasMove> aliasHistory(TenantId tenant, String name);

    /// The package as it lies on the disk, checked.
    ///
    /// @throws dev.sampan.kernel.ProblemException also `catalog.foreign`
    ModelPackage open(Sha256 content);

    /// Where the files of a version lie: to be read, never written.
    Path folder(Sha256 content);

    /// @param from version before the move, null when it pointed nowhere
    /// @param to version after it, null when the alias was taken away
    record AliasMove(
            String name,
            String alias,
            @Nullable Integer from,
            @Nullable Integer to,
            Instant at,
            ActorId by) {}
}
