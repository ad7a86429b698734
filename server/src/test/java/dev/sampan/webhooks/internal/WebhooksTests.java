package dev.sampan.webhooks.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.sampan.billing.CreditGranted;
import dev.sampan.database.AfterCommit;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.payments.PaymentReceived;
import dev.sampan.testing.DatabaseFixture;
import dev.sampan.trust.Vault;
import dev.sampan.webhooks.Webhooks.Delivery;
import dev.sampan.webhooks.Webhooks.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// From an event to a receiver that is not always well.
class WebhooksTests {
    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    private static final TenantId TEAM = DatabaseFixture.aTenant();
    private static final TenantId CUSTOMER = DatabaseFixture.aTenant();
    private static final ActorId BY = new ActorId(Ulid.next());
    private static final Money TEN = Money.of("10", "CNY");

    private static HttpServer receiver;
    private static final List<Map<String, String>> got = new CopyOnWriteArrayList<>();
    private static final Deque<Integer> answers = new ArrayDeque<>();
    private static Post post;
    private static Outbox outbox;
    private static Sender sender;
    private static WebhookOffice office;
    private static volatile Instant now = Instant.parse("2026-11-24T10:00:00Z");

    /// Keeps secrets as they are.
    private static final class OpenVault implements Vault {
        @Override
        public byte[] seal(byte[] secret, String place) {
            return secret.clone();
        }

        @Override
        public byte[] open(byte[] sealed, String place) {
            return sealed.clone();
        }
    }

    @BeforeAll
    static void open() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var headers = exchange.getRequestHeaders();
            got.add(Map.of(
                    "body", body,
                    "path", exchange.getRequestURI().toString(),
                    "id", headers.getFirst("webhook-id"),
                    "seconds", headers.getFirst("webhook-timestamp"),
                    "signature", headers.getFirst("webhook-signature")));
            Integer status = answers.poll();
            if (status != null && status == 302) {
                exchange.getResponseHeaders().add("Location", "/elsewhere");
            }
            exchange.sendResponseHeaders(status == null ? 204 : status, -1);
            exchange.close();
        });
        receiver.start();
        post = new Post();
        Guard guard = new Guard(InetAddress::getAllByName, true);
        outbox = new Outbox(DB.database(), () -> TEAM, WebhooksTests::now);
        sender = new Sender(new Sendings(DB.database()), guard, new OpenVault(), post, WebhooksTests::now);
        office = new WebhookOffice(DB.database(), () -> TEAM, guard, new OpenVault(), WebhooksTests::now);
    }

    private static Instant now() {
        return now;
    }

    @AfterAll
    static void close() {
        post.close();
        receiver.stop(0);
    }

    @BeforeEach
    void quiet() {
        office.endpoints().forEach(one -> office.remove(one.id()));
        sender.once();
        got.clear();
        answers.clear();
    }

    private static URI address() {
        return URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook?a=1");
    }

    private static Delivery newest() {
        return office.deliveries(1).getFirst();
    }

    @Test
    void whatHappenedIsToldSignedOverItsIdTimeAndBody() throws Exception {
        String secret = office.add(address(), BY).secret();
        outbox.tell(new PaymentReceived(CUSTOMER, Ulid.next(), "stripe", TEN));
        assertThat(sender.once()).isEqualTo(1);
        Map<String, String> one = got.getFirst();
        assertThat(one.get("path")).isEqualTo("/hook?a=1");
        assertThat(one.get("body")).contains("\"payment.received\"", "\"amount\":\"10\"", CUSTOMER.toString());
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        byte[] right = mac.doFinal(
                (one.get("id") + "." + one.get("seconds") + "." + one.get("body")).getBytes(StandardCharsets.UTF_8));
        assertThat(one.get("signature")).isEqualTo("v1," + Base64.getEncoder().encodeToString(right));
        assertThat(newest().state()).isEqualTo(State.DELIVERED);
        assertThat(sender.once()).isZero();
    }

    @Test
    void theSignatureIsThatOfTheSpecificationsExample() {
        assertThat(Signature.of(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1614265330,
                        "{\"test\": 2432232314}",
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void whatIsRolledBackIsNeverTold() {
        office.add(address(), BY);
        assertThatThrownBy(() -> DB.database().asPlatform(tx -> {
                    outbox.tell(new CreditGranted(CUSTOMER, TEN));
                    throw new IllegalStateException("after all not");
                }))
                .hasMessage("after all not");
        assertThat(sender.once()).isZero();
    }

    @Test
    void whatIsToldAfterACommitIsWrittenBeside() {
        office.add(address(), BY);
        DB.database().asPlatform(tx -> {
            AfterCommit.run(() -> outbox.tell(new CreditGranted(CUSTOMER, TEN)));
            return true;
        });
        assertThat(sender.once()).isEqualTo(1);
    }

    @Test
    void aReceiverThatFailsIsToldAgainUnderTheSameId() {
        office.add(address(), BY);
        answers.addAll(List.of(500, 302, 410));
        outbox.tell(new CreditGranted(CUSTOMER, TEN));
        for (Duration pause :
                List.of(Duration.ZERO, Duration.ofSeconds(6), Duration.ofMinutes(6), Duration.ofMinutes(31))) {
            now = now.plus(pause);
            sender.once();
            assertThat(sender.once()).as("not before its time").isZero();
        }
        assertThat(got).hasSize(4);
        assertThat(got)
                .extracting(one -> one.get("id"))
                .containsOnly(got.getFirst().get("id"));
        assertThat(got).extracting(one -> one.get("seconds")).doesNotHaveDuplicates();
        assertThat(got).extracting(one -> one.get("path")).containsOnly("/hook?a=1");
        assertThat(newest().state()).isEqualTo(State.DELIVERED);
        assertThat(newest().attempts()).isEqualTo(4);
    }

    @Test
    void afterThreeDaysItIsPutAsideAndComesAnewOnDemand() {
        office.add(address(), BY);
        outbox.tell(new CreditGranted(CUSTOMER, TEN));
        Instant first = now;
        for (int i = 0; i < 30 && newest().state() == State.PENDING; i++) {
            answers.add(503);
            now = newest().nextAt();
            sender.once();
        }
        assertThat(newest().state()).isEqualTo(State.DEAD);
        assertThat(Duration.between(first, now)).isBetween(Duration.ofDays(3), Duration.ofDays(4));
        assertThat(newest().lastAnswer()).isEqualTo("503");
        assertThat(sender.once()).isZero();
        office.replay(newest().message(), newest().endpoint());
        sender.once();
        assertThat(newest().state()).isEqualTo(State.DELIVERED);
        office.replay(newest().message(), newest().endpoint());
        sender.once();
        assertThat(got)
                .extracting(one -> one.get("id"))
                .containsOnly(got.getFirst().get("id"));
    }

    @Test
    void whatASenderThatDiedHadTakenIsSentByAnother() {
        office.add(address(), BY);
        outbox.tell(new CreditGranted(CUSTOMER, TEN));
        new Sendings(DB.database()).take(now, 10);
        assertThat(sender.once()).isZero();
        now = now.plusSeconds(61);
        assertThat(sender.once()).isEqualTo(1);
        assertThat(newest().state()).isEqualTo(State.DELIVERED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "2130706433",
                "0.0.0.0",
                "10.1.2.3",
                "172.31.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "2001:db8::1",
                "2001::1",
                "::127.0.0.1",
                "100::1"
            })
    void addressesOfOnesOwnNetworkAreNotPublic(String address) throws Exception {
        assertThat(PublicAddress.is(InetAddress.getByName(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "1.1.1.1", "100.128.0.1", "172.32.0.1", "2606:4700::1111", "64:ff9b::808:808"})
    void addressesOfTheWorldAre(String address) throws Exception {
        assertThat(PublicAddress.is(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void anEndpointMustBeOfTheWorldWhateverItsNameMeansLater() throws Exception {
        InetAddress world = InetAddress.getByName("93.184.216.34");
        InetAddress home = InetAddress.getByName("127.0.0.1");
        Deque<InetAddress[]> meanings = new ArrayDeque<>();
        Guard guard = new Guard(_ -> Objects.requireNonNull(meanings.poll()), false);
        meanings.add(new InetAddress[] {world});
        guard.check(URI.create("https://hook.example/a"));
        meanings.add(new InetAddress[] {home});
        assertThatThrownBy(() -> guard.resolve(URI.create("https://hook.example/a")))
                .hasMessageContaining("network of one's own");
        meanings.add(new InetAddress[] {world, home});
        assertThatThrownBy(() -> guard.check(URI.create("https://hook.example/a")))
                .hasMessageContaining("network of one's own");
        for (String bad :
                List.of("http://hook.example", "ftp://a", "https://u:p@a", "https:///x", "file:/etc/passwd")) {
            assertThatThrownBy(() -> guard.check(URI.create(bad))).as(bad).hasMessageContaining("cannot be told");
        }
    }
}
