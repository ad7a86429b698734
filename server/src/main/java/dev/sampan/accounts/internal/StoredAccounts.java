package dev.sampan.accounts.internal;

import dev.sampan.accounts.Accounts;
import dev.sampan.accounts.ApiKey;
import dev.sampan.accounts.Organisation;
import dev.sampan.accounts.Organisation.Kind;
import dev.sampan.accounts.Principal;
import dev.sampan.database.AfterCommit;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.security.SecureRandom;
import java.text.Normalizer;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Organisations and keys in PostgreSQL, the keys in use in memory as well.
final class StoredAccounts implements Accounts {
    /// The same on every installation.
    private static final int CUSTOMER_LETTERS_MAX = 120;
    private static final int KEY_LETTERS_MAX = 80;
    private static final int PROJECT_LETTERS_MAX = 80;

    private final Organisations organisations;
    private final KeyStore store;
    private final KeyRing ring;
    private final InstantSource clock;
    private final Supplier<Optional<String>> oneTimePassword;
    private final SecureRandom random = new SecureRandom();
    private volatile Organisation team;

    StoredAccounts(
            Organisations organisations, KeyStore store, KeyRing ring, InstantSource clock, FirstStart firstStart) {
        this.organisations = organisations;
        this.store = store;
        this.ring = ring;
        this.clock = clock;
        this.oneTimePassword = firstStart::oneTimePassword;
        this.team = firstStart.team();
    }

    @Override
    public Organisation team() {
        return team;
    }

    @Override
    public Organisation createCustomer(String name, ActorId by) {
        String asked = named("accounts.customer_name", name, CUSTOMER_LETTERS_MAX);
        Organisation made = new Organisation(new TenantId(Ulid.next()), asked, Kind.CUSTOMER, clock.instant());
        organisations.insert(made, by);
        return made;
    }

    @Override
    public Optional<Organisation> organisation(TenantId id) {
        return id.equals(team.id()) ? Optional.of(team) : organisations.byId(id);
    }

    @Override
    public Optional<Organisation> organisationNamed(String name) {
        return organisations.named(normal(name));
    }

    @Override
    public List<Organisation> customers() {
        return organisations.ofKind(Kind.CUSTOMER);
    }

    @Override
    public void moveTo(TenantId tenant, @Nullable ZoneId zone, ActorId by) {
        if (!organisations.move(tenant, zone)) {
            throw unknown(tenant);
        }
        if (tenant.equals(team.id())) {
            team = organisations.byId(tenant).orElseThrow();
        }
    }

    private static ProblemException unknown(TenantId tenant) {
        return new ProblemException(Problem.of("accounts.unknown_organisation", "There is no organisation " + tenant));
    }

    @Override
    public ApiKey.Minted createKey(TenantId tenant, String name, @Nullable String project, ActorId by) {
        String asked = named("accounts.key_name", name, KEY_LETTERS_MAX);
        String of = project == null ? null : named("accounts.project_name", project, PROJECT_LETTERS_MAX);
        if (organisation(tenant).isEmpty()) {
            throw unknown(tenant);
        }
        String secret = KeySecret.make(random);
        Sha256 hash = KeySecret.hash(secret);
        ApiKey key =
                new ApiKey(Ulid.next(), tenant, asked, KeySecret.prefix(secret), clock.instant(), null, null, of, by);
        KeyStore.Known known = store.insert(key, hash, by);
        AfterCommit.run(() -> ring.take(known));
        return new ApiKey.Minted(key, secret);
    }

    @Override
    public List<ApiKey> keys(TenantId tenant) {
        return store.of(tenant);
    }

    @Override
    public void revokeKey(TenantId tenant, Ulid keyId, ActorId by) {
        KeyStore.Known known = store.revoke(tenant, keyId, clock.instant(), by)
                .orElseThrow(() -> new ProblemException(
                        Problem.of("accounts.unknown_key", "Organisation " + tenant + " has no key " + keyId)));
        AfterCommit.run(() -> ring.take(known));
    }

    @Override
    public Optional<Principal> authenticate(String secret) {
        return ring.find(secret);
    }

    @Override
    public Optional<String> adminOneTimePassword() {
        return oneTimePassword.get();
    }

    @Override
    public ActorId platformActor() {
        return ActorId.PLATFORM;
    }

    /// The same letters are the same name, however they were typed.
    private static String normal(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC).strip();
    }

    private static String named(String code, String name, int lettersMax) {
        String normal = normal(name);
        int letters = normal.codePointCount(0, normal.length());
        boolean printable = normal.codePoints().noneMatch(Character::isISOControl);
        if (letters < 1 || letters > lettersMax || !printable) {
            throw new ProblemException(Problem.of(
                    code,
                    "A name has 1 to " + lettersMax + " letters and no control characters, this has " + letters
                            + " letters" + (printable ? "" : " and control characters")));
        }
        return normal;
    }
}
