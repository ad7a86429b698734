package dev.sampan.limits.internal;

import static dev.sampan.limits.internal.FakeLimits.requests;
import static dev.sampan.limits.internal.FakeLimits.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.accounts.Member;
import dev.sampan.accounts.Members;
import dev.sampan.gateway.internal.FakeKeys;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.limits.LimitBook.KeyLimits;
import dev.sampan.limits.Rule;
import dev.sampan.spec.LimitsSpec.Limit;
import dev.sampan.spec.LimitsSpec.Measure;
import dev.sampan.spec.LimitsSpec.Scope;
import dev.sampan.spec.LimitsSpec.Window;
import dev.sampan.testing.DatabaseFixture;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RuleBookTests {
    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    private static final ActorId LI = new ActorId(Ulid.next());
    private final TenantId tenant = new TenantId(Ulid.next());
    private final Ulid key = Ulid.next();

    private static RuleBook aNode() {
        Members members = new Members() {
            @Override
            public SignIn authenticate(String name, String password, String address) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<Problem> changePassword(ActorId member, String oldPassword, String newPassword) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<Member> member(ActorId id) {
                return Optional.empty();
            }

            @Override
            public Invitation invite(TenantId customer, String name, ActorId by) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<Member> of(TenantId tenant) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Optional<Member> memberNamed(String name) {
                return name.equals("li")
                        ? Optional.of(new Member(LI, new TenantId(Ulid.next()), name, java.time.Instant.EPOCH))
                        : Optional.empty();
            }
        };
        return new RuleBook(
                new SqlLimitStore(DB.database()), new Subjects(new FakeKeys(), members), InstantSource.system());
    }

    @Test
    void aFileIsInForceOnEveryNodeAndAKeysPageGoesBeforeIt() {
        RuleBook one = aNode();
        RuleBook two = aNode();
        Limit ofLi = new Limit(Scope.MEMBER, "li", null, Measure.TOKENS, Window.DAY, 5, null);
        one.apply(spec(requests(10), ofLi), ActorId.PLATFORM);
        one.setKey(tenant, key, new KeyLimits(3L, null, Money.of("2.5", "CNY")), ActorId.PLATFORM);
        two.look();
        assertThat(two.inForce()).isEqualTo(spec(requests(10), ofLi));
        assertThat(two.ofKey(key)).isEqualTo(new KeyLimits(3L, null, Money.of("2.5", "CNY")));
        assertThat(two.rules()).contains(new Rule(ofLi, LI.toString()));
        assertThat(two.rules()).containsAll(one.rules());

        one.setKey(tenant, key, KeyLimits.NONE, ActorId.PLATFORM);
        one.apply(spec(), ActorId.PLATFORM);
        two.look();
        assertThat(two.ofKey(key)).isEqualTo(KeyLimits.NONE);
        assertThat(two.rules()).isEmpty();
    }

    @Test
    void whoIsNotThereIsToldAndNothingChanges() {
        RuleBook book = aNode();
        Limit nobody = new Limit(Scope.CUSTOMER, "Acme", null, Measure.REQUESTS, Window.MINUTE, 5, null);
        assertThatThrownBy(() -> book.apply(spec(requests(1), nobody), ActorId.PLATFORM))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problems().getFirst().code()).isEqualTo("limits.unknown_subject");
                    assertThat(e.problems().getFirst().sentence()).isEqualTo("There is no customer 'Acme'");
                });
        assertThat(book.rules()).isEmpty();
    }
}
