package dev.sampan.accounts.internal;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.ApiKey;
import dev.sampan.accounts.KeyUsed;
import dev.sampan.accounts.Organisation;
import dev.sampan.accounts.Organisation.Kind;
import dev.sampan.accounts.Principal;
import dev.sampan.database.AfterCommit;
import dev.sampan.database.DatabaseAway;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;

/// Organisations and keys in PostgreSQL, the keys in use in memory as well.
final class StoredAccounts implements Accounts {
    private static final Logger LOG = LoggerFactory.getLogger(StoredAccounts.class);
    /// The same on every installation.
    static final ActorId PLATFORM = new ActorId(new Ulid(0, 0));
    /// Longer than any transaction that makes or revokes a key may take to become visible.
    private static final Duration LATELY = Duration.ofSeconds(60);

    private final Organisations organisations;
    private final KeyStore store;
    private final InstantSource clock;
    private final ApplicationEventPublisher events;
    private final Supplier<Optional<String>> oneTimePassword;
    private final SecureRandom random = new SecureRandom();
    private final LiveKeys live;
    private final Organisation team;

    StoredAccounts(
            Organisations organisations,
            KeyStore store,
            InstantSource clock,
            ApplicationEventPublisher events,
            FirstStart firstStart) {
        this.organisations = organisations;
        this.store = store;
        this.clock = clock;
        this.events = events;
        this.oneTimePassword = firstStart::oneTimePassword;
        this.team = firstStart.team();
        this.live = new LiveKeys(clock, this::used);
        store.inUse().forEach(key -> live.add(key.hash(), key.principal(), key.lastUsedAt()));
    }

    @Override
    public Organisation team() {
        return team;
    }

    @Override
    public Organisation createCustomer(String name, ActorId by) {
        Organisation made = new Organisation(new TenantId(Ulid.next()), name.strip(), Kind.CUSTOMER, clock.instant());
        organisations.insert(made, by);
        return made;
    }

    @Override
    public Optional<Organisation> organisation(TenantId id) {
        return id.equals(team.id()) ? Optional.of(team) : organisations.byId(id);
    }

    @Override
    public Optional<Organisation> organisationNamed(String name) {
        return organisations.named(name.strip());
    }

    @Override
    public List<Organisation> customers() {
        return organisations.ofKind(Kind.CUSTOMER);
    }

    @Override
    public ApiKey.Minted createKey(TenantId tenant, String name, ActorId by) {
        if (organisation(tenant).isEmpty()) {
            throw new ProblemException(Problem.of("accounts.no_organisation", "There is no organisation " + tenant));
        }
        String secret = KeySecret.make(random);
        Sha256 hash = KeySecret.hash(secret);
        ApiKey key = new ApiKey(Ulid.next(), tenant, name, KeySecret.prefix(secret), clock.instant(), null, null);
        store.insert(key, hash, by);
        AfterCommit.run(() -> live.add(hash.hex(), new Principal(tenant, key.id(), name), null));
        return new ApiKey.Minted(key, secret);
    }

    @Override
    public List<ApiKey> keys(TenantId tenant) {
        return store.of(tenant);
    }

    @Override
    public void revokeKey(TenantId tenant, Ulid keyId, ActorId by) {
        store.revoke(tenant, keyId, clock.instant(), by).ifPresent(hash -> AfterCommit.run(() -> live.remove(hash)));
    }

    @Override
    public Optional<Principal> authenticate(String secret) {
        return live.find(secret);
    }

    @Override
    public Optional<String> adminOneTimePassword() {
        return oneTimePassword.get();
    }

    @Override
    public ActorId platformActor() {
        return PLATFORM;
    }

    /// Takes over what other nodes on the same database made and revoked.
    void catchUp() {
        for (KeyStore.Known key : store.changedWithin(LATELY)) {
            if (key.revoked()) {
                live.remove(key.hash());
            } else {
                live.add(key.hash(), key.principal(), key.lastUsedAt());
            }
        }
    }

    private void used(Principal principal, Instant minute, boolean first) {
        Thread.ofVirtual().name("key-used").start(() -> {
            try {
                store.used(principal.tenant(), principal.keyId(), minute);
            } catch (DatabaseAway e) {
                LOG.debug("the last use of a key is written with one of its next calls", e);
            }
            if (first) {
                events.publishEvent(new KeyUsed(principal.tenant(), principal.keyId()));
            }
        });
    }
}
