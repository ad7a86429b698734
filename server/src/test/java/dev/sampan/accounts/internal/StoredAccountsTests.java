package dev.sampan.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.accounts.ApiKey;
import dev.sampan.accounts.KeyUsed;
import dev.sampan.accounts.Organisation;
import dev.sampan.accounts.Principal;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.testing.DatabaseFixture;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class StoredAccountsTests {
    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    @TempDir
    static Path home;

    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private final HandClock clock = new HandClock(Instant.parse("2026-11-24T08:00:30Z"));
    private final Node node = aNode();
    private final StoredAccounts accounts = node.accounts();

    record Node(StoredAccounts accounts, KeyRing ring) {}

    /// A platform on this database: the first one makes the team, later ones find it.
    private Node aNode() {
        Organisations organisations = new Organisations(DB.database());
        FirstStart firstStart = new FirstStart(
                organisations,
                new MemberStore(DB.database()),
                new Passwords(),
                clock,
                new FirstStart.Names(home, "Quayside"));
        KeyStore store = new KeyStore(DB.database());
        KeyRing ring = new KeyRing(store, clock, events::add);
        return new Node(new StoredAccounts(organisations, store, ring, clock, firstStart), ring);
    }

    private Organisation aCustomer() {
        return accounts.createCustomer("Tea " + Ulid.next(), accounts.platformActor());
    }

    private ApiKey.Minted aKey(Organisation customer) {
        return accounts.createKey(customer.id(), "shop", accounts.platformActor());
    }

    @BeforeEach
    void nothingHappenedYet() {
        events.clear();
    }

    @Test
    void aKeyIsKnownByItsSecretUntilItIsRevoked() {
        Organisation customer = aCustomer();
        ApiKey.Minted minted = aKey(customer);
        assertThat(accounts.authenticate(minted.secret()))
                .contains(new Principal(customer.id(), minted.key().id(), "shop", null, accounts.platformActor()));

        accounts.revokeKey(customer.id(), minted.key().id(), accounts.platformActor());
        assertThat(accounts.authenticate(minted.secret())).isEmpty();
        assertThat(aNode().accounts().authenticate(minted.secret())).isEmpty();
        assertThat(accounts.keys(customer.id()))
                .singleElement()
                .satisfies(key -> assertThat(key.revokedAt()).isNotNull());
    }

    @Test
    void theNextStartKnowsTheKeysOfTheLastOne() {
        ApiKey.Minted minted = aKey(aCustomer());
        assertThat(aNode().accounts().authenticate(minted.secret())).isPresent();
    }

    @Test
    void anotherNodesKeysAndRevocationsArriveWhenItLooks() {
        Node other = aNode();
        Organisation customer = aCustomer();
        ApiKey.Minted minted = aKey(customer);
        assertThat(other.accounts().authenticate(minted.secret())).isEmpty();
        other.ring().catchUp();
        assertThat(other.accounts().authenticate(minted.secret())).isPresent();

        accounts.revokeKey(customer.id(), minted.key().id(), accounts.platformActor());
        other.ring().catchUp();
        assertThat(other.accounts().authenticate(minted.secret())).isEmpty();
    }

    @Test
    void aKeyOfATransactionThatFailsWasNeverThere() {
        Organisation customer = aCustomer();
        String[] secret = new String[1];
        assertThatThrownBy(() -> DB.database().asTenant(customer.id(), _ -> {
                    secret[0] = aKey(customer).secret();
                    throw new IllegalArgumentException("later");
                }))
                .hasMessage("later");
        assertThat(accounts.authenticate(secret[0])).isEmpty();
        assertThat(accounts.keys(customer.id())).isEmpty();
    }

    @Test
    void aLateWordOfAKeysMakingDoesNotUndoItsRevocation() {
        Node other = aNode();
        Organisation customer = aCustomer();
        ApiKey.Minted minted = aKey(customer);
        KeyStore.Known made = new KeyStore(DB.database())
                .inUse().stream()
                        .filter(key ->
                                key.principal().keyId().equals(minted.key().id()))
                        .findFirst()
                        .orElseThrow();
        accounts.revokeKey(customer.id(), minted.key().id(), accounts.platformActor());
        other.ring().catchUp();
        other.ring().take(made);
        assertThat(other.accounts().authenticate(minted.secret())).isEmpty();
    }

    @Test
    void aChangeCommittedAfterALaterOneIsNotOverlooked() throws InterruptedException {
        Node other = aNode();
        Organisation slow = aCustomer();
        Organisation quick = aCustomer();
        CountDownLatch made = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        String[] secrets = new String[2];
        Thread first = Thread.ofVirtual()
                .start(() -> DB.database().asTenant(slow.id(), _ -> {
                    secrets[0] = aKey(slow).secret();
                    made.countDown();
                    await(go);
                    return null;
                }));
        made.await();
        Thread second = Thread.ofVirtual().start(() -> secrets[1] = aKey(quick).secret());
        other.ring().catchUp();
        go.countDown();
        first.join();
        second.join();
        other.ring().catchUp();
        assertThat(other.accounts().authenticate(secrets[0])).isPresent();
        assertThat(other.accounts().authenticate(secrets[1])).isPresent();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void revokingTwiceKeepsTheFirstTimeAndAnUnknownKeyIsNamed() {
        Organisation customer = aCustomer();
        ApiKey.Minted minted = aKey(customer);
        accounts.revokeKey(customer.id(), minted.key().id(), accounts.platformActor());
        clock.advance(Duration.ofHours(1));
        accounts.revokeKey(customer.id(), minted.key().id(), accounts.platformActor());
        assertThat(accounts.keys(customer.id()).getFirst().revokedAt())
                .isEqualTo(Instant.parse("2026-11-24T08:00:30Z"));

        assertThatThrownBy(
                        () -> accounts.revokeKey(aCustomer().id(), minted.key().id(), accounts.platformActor()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problems().getFirst().code()).isEqualTo("accounts.unknown_key"));
    }

    @Test
    void oneOfSixtyFourWhoTakeTheSameNameAtOnceGetsIt() throws InterruptedException {
        String name = "Race " + Ulid.next();
        List<Callable<Boolean>> tries = Collections.nCopies(64, () -> {
            try {
                accounts.createCustomer(name, accounts.platformActor());
                return true;
            } catch (ProblemException e) {
                assertThat(e.problems().getFirst().code()).isEqualTo("accounts.name_taken");
                return false;
            }
        });
        long won;
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            won = all.invokeAll(tries).stream().filter(Future::resultNow).count();
        }
        assertThat(won).isEqualTo(1);
        assertThat(accounts.organisationNamed(name)).isPresent();
    }

    @Test
    void nothingInTheDatabaseLetsAnybodyIn() {
        ApiKey.Minted minted = aKey(aCustomer());
        String oneTime = accounts.adminOneTimePassword().orElseThrow();
        List<String> tables = DB.owner()
                .sql("select format('%I.%I', schemaname, tablename) from pg_tables where schemaname = 'accounts'")
                .query(String.class)
                .list();
        StringBuilder dump = new StringBuilder();
        for (String table : tables) {
            DB.owner()
                    .sql("select t::text from " + table + " t")
                    .query(String.class)
                    .list()
                    .forEach(dump::append);
        }
        String beyondPrefix = minted.secret().substring(minted.key().prefix().length());
        assertThat(dump.toString())
                .contains(minted.key().prefix(), "$argon2id$")
                .doesNotContain(beyondPrefix)
                .doesNotContain(oneTime);
        assertThat(minted.toString()).doesNotContain(beyondPrefix);
    }

    @Test
    void aTenantSeesNothingOfAnother() {
        Organisation mine = aCustomer();
        Organisation theirs = aCustomer();
        aKey(mine);
        aKey(theirs);
        List<String> organisations = seenBy(mine, "accounts.organisation");
        List<String> keys = seenBy(mine, "accounts.api_key");
        assertThat(organisations).containsExactly(mine.id().toString());
        assertThat(keys).containsExactly(mine.id().toString());
        assertThat(seenBy(mine, "accounts.member")).isEmpty();
        assertThat(seenBy(accounts.team(), "accounts.member"))
                .containsExactly(accounts.team().id().toString());
    }

    /// Tenants of the rows that a query without WHERE finds.
    private static List<String> seenBy(Organisation organisation, String table) {
        return DB.database()
                .asTenant(
                        organisation.id(),
                        sql -> sql.sql("select tenant_id from " + table)
                                .query(String.class)
                                .list());
    }

    @Test
    void theFirstCallIsToldOnceAndTheLastUseWrittenOnceAMinute() {
        Organisation customer = aCustomer();
        ApiKey.Minted minted = aKey(customer);
        for (int i = 0; i < 50; i++) {
            accounts.authenticate(minted.secret());
        }
        assertThat(accounts.keys(customer.id()).getFirst().lastUsedAt()).isNull();
        node.ring().writeUses();
        node.ring().writeUses();
        KeyUsed used = new KeyUsed(customer.id(), minted.key().id());
        assertThat(events).containsExactly(used);
        assertThat(accounts.keys(customer.id()).getFirst().lastUsedAt())
                .isEqualTo(Instant.parse("2026-11-24T08:00:00Z"));

        clock.advance(Duration.ofMinutes(3));
        accounts.authenticate(minted.secret());
        node.ring().writeUses();
        assertThat(accounts.keys(customer.id()).getFirst().lastUsedAt())
                .isEqualTo(Instant.parse("2026-11-24T08:03:00Z"));
        assertThat(events).containsExactly(used);
    }

    @Test
    void theFirstCallIsToldOnceOverAllNodesAndRestarts() {
        ApiKey.Minted minted = aKey(aCustomer());
        Node other = aNode();
        accounts.authenticate(minted.secret());
        other.accounts().authenticate(minted.secret());
        other.ring().writeUses();
        node.ring().writeUses();
        Node restarted = aNode();
        clock.advance(Duration.ofMinutes(3));
        restarted.accounts().authenticate(minted.secret());
        restarted.ring().writeUses();
        assertThat(events).hasSize(1);
    }

    @Test
    void aNameIsTakenWhateverItsCase() {
        Organisation customer = aCustomer();
        assertThatThrownBy(() -> accounts.createCustomer(customer.name().toUpperCase(), accounts.platformActor()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("already");
        assertThat(accounts.organisationNamed(customer.name().toLowerCase())).contains(customer);
    }

    @Test
    void thereIsOneTeamHoweverOftenThePlatformStarts() {
        assertThat(aNode().accounts().team()).isEqualTo(accounts.team());
        assertThat(accounts.customers()).doesNotContain(accounts.team());
        assertThat(accounts.organisation(accounts.team().id())).contains(accounts.team());
    }

    @Test
    void aKeyForNobodyIsRefused() {
        assertThatThrownBy(() -> accounts.createKey(new TenantId(Ulid.next()), "shop", accounts.platformActor()))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("no organisation");
    }
}
