package dev.sampan.payments.internal;

import dev.sampan.database.Watch;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Ulid;
import dev.sampan.payments.PaymentSetup;
import dev.sampan.payments.internal.ProviderSets.Kept;
import dev.sampan.payments.internal.alipay.AlipayProvider;
import dev.sampan.payments.internal.bank.BankProvider;
import dev.sampan.payments.internal.provider.PaymentProvider;
import dev.sampan.payments.internal.provider.Wire;
import dev.sampan.payments.internal.stripe.StripeProvider;
import dev.sampan.payments.internal.wechat.WeChatProvider;
import dev.sampan.spec.PaymentsSpec;
import dev.sampan.spec.PaymentsSpec.Provider;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;

/// The set in force on this node: kept in PostgreSQL, looked for every two seconds, asked from memory.
final class ProviderBook implements PaymentSetup, SmartLifecycle {
    private final ProviderSets sets;
    private final Wire wire;
    private final InstantSource clock;
    private volatile @Nullable InForce inForce;
    private final Watch watch = Watch.every(Duration.ofSeconds(2), "payments", this::look);

    ProviderBook(ProviderSets sets, Wire wire, InstantSource clock) {
        this.sets = sets;
        this.wire = wire;
        this.clock = clock;
    }

    private record InForce(Kept kept, Map<String, PaymentProvider> providers) {}

    @Override
    public synchronized Ulid apply(PaymentsSpec spec, Map<String, String> secrets, ActorId by) {
        Map<String, String> wanted = new HashMap<>();
        for (Provider provider : spec.providers()) {
            for (String variable : provider.variables()) {
                String secret = secrets.getOrDefault(variable, "").strip();
                if (secret.isEmpty()) {
                    throw new ProblemException(Problem.of(
                                    "payments.missing_secret",
                                    "The secret " + variable + " of '" + provider.name() + "' is missing or empty")
                            .remedy("Set the environment variable " + variable + " and apply the file again"));
                }
                wanted.put(variable, secret);
            }
        }
        Kept kept = new Kept(Ulid.next(), spec, wanted, null);
        InForce fresh = opened(kept);
        sets.add(kept, clock.instant(), by);
        inForce = fresh;
        return kept.version();
    }

    private InForce opened(Kept kept) {
        Map<String, PaymentProvider> providers = new HashMap<>();
        for (Provider provider : kept.spec().providers()) {
            if (kept.secrets().keySet().containsAll(provider.variables())) {
                providers.put(provider.name(), opened(provider, kept.secrets()));
            }
        }
        return new InForce(kept, Map.copyOf(providers));
    }

    private PaymentProvider opened(Provider provider, Map<String, String> secrets) {
        return switch (provider) {
            case PaymentsSpec.Stripe stripe -> new StripeProvider(stripe, secrets, wire);
            case PaymentsSpec.WeChat weChat -> new WeChatProvider(weChat, secrets, wire, clock);
            case PaymentsSpec.Alipay alipay -> new AlipayProvider(alipay, secrets, wire, clock);
            case PaymentsSpec.Bank bank -> new BankProvider(bank);
        };
    }

    @Override
    public Optional<PaymentsSpec> inForce() {
        return Optional.ofNullable(inForce).map(set -> set.kept.spec());
    }

    @Override
    public Optional<Problem> trouble() {
        return Optional.ofNullable(inForce).map(set -> set.kept.trouble());
    }

    Optional<PaymentProvider> find(String name) {
        return Optional.ofNullable(inForce).map(set -> set.providers.get(name));
    }

    /// @throws ProblemException `payments.unknown_provider`
    PaymentProvider provider(String name) {
        return find(name)
                .orElseThrow(() -> new ProblemException(
                        Problem.of("payments.unknown_provider", "There is no way to pay '" + name + "' at present")
                                .remedy("See ./sampan payments list")));
    }

    /// @throws ProblemException `payments.not_set_up`
    PaymentsSpec spec() {
        return inForce()
                .orElseThrow(() -> new ProblemException(Problem.of("payments.not_set_up", "There is no way to pay yet")
                        .remedy("State some in payments.yaml: ./sampan payments apply payments.yaml")));
    }

    /// Where a provider tells what happened.
    URI tell(String provider) {
        return URI.create(spec().publicUrl() + "/pay/notify/" + provider);
    }

    /// Where whoever has the token pays.
    URI page(String token) {
        return URI.create(spec().publicUrl() + "/pay/" + token);
    }

    private void look() {
        InForce known = inForce;
        sets.newerThan(known == null ? new Ulid(0, 0) : known.kept.version()).ifPresent(this::take);
    }

    private synchronized void take(Kept newer) {
        InForce known = inForce;
        if (known == null || newer.version().compareTo(known.kept.version()) > 0) {
            inForce = opened(newer);
        }
    }

    @Override
    public void start() {
        watch.look();
        watch.start();
    }

    @Override
    public void stop() {
        watch.stop();
    }

    @Override
    public boolean isRunning() {
        return watch.running();
    }
}
