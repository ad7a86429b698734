package dev.sampan.billing.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.accounts.Accounts;
import dev.sampan.billing.Billing;
import dev.sampan.billing.Fund;
import dev.sampan.billing.FundUnit;
import dev.sampan.billing.Funds;
import dev.sampan.billing.Invoice;
import dev.sampan.database.Database;
import dev.sampan.gateway.Door;
import dev.sampan.gateway.internal.FakeKeys;
import dev.sampan.gateway.internal.FakeModels;
import dev.sampan.gateway.internal.FakeSupplier;
import dev.sampan.integrity.Inspection;
import dev.sampan.integrity.Integrity;
import dev.sampan.kernel.ActorId;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.limits.Limiter;
import dev.sampan.serving.Serving;
import dev.sampan.spec.Specs;
import dev.sampan.suppliers.Suppliers;
import dev.sampan.testing.DatabaseFixture;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import tools.jackson.databind.JsonNode;

/// The rooms of money as the platform starts them, from HTTP to the ledger; accounts and models are stand-ins.
class MoneyOverHttpTests {
    @RegisterExtension
    static final DatabaseFixture DB = new DatabaseFixture();

    @TempDir
    Path home;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final FakeKeys keys = new FakeKeys();
    private final TenantId customer = keys.tenant();
    private AbsentDatabase database;
    private AnnotationConfigApplicationContext platform;
    private Billing billing;

    @BeforeEach
    void start() {
        database = new AbsentDatabase(DB.database());
        platform = new AnnotationConfigApplicationContext();
        Map<String, Object> settings = Map.of("sampan.home", home.toString(), "sampan.gateway.port", "0");
        platform.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", settings));
        platform.registerBean(Database.class, () -> database);
        platform.registerBean(Accounts.class, () -> keys);
        platform.registerBean(Serving.class, FakeModels::new);
        platform.registerBean(Limiter.class, () -> Limiter.OPEN);
        platform.registerBean(InstantSource.class, InstantSource::system);
        Stream.of("trust", "integrity", "suppliers", "gateway", "metering", "billing")
                .forEach(room -> platform.scan("dev.sampan." + room + ".internal"));
        platform.refresh();
        billing = platform.getBean(Billing.class);
        billing.setPrice(FakeModels.MODEL, "客服意图识别", Money.of("0.002", "CNY"), new ActorId(Ulid.next()));
    }

    @AfterEach
    void stop() {
        database.away = false;
        assertThat(platform.getBean(Integrity.class).inspect().results()).allMatch(Inspection.Result::sound);
        platform.close();
        Books.check(DB.owner());
        assertThat(DB.database()
                        .<Long>asPlatform(tx -> tx.sql("select count(*) from billing.lease")
                                .query(Long.class)
                                .single()))
                .isZero();
    }

    @Test
    void aCallIsPricedChargedSummedAndInvoiced() {
        credit("1");
        HttpResponse<String> answer = post("{\"inputs\":[\"我要退款\",\"b\",\"c\"]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-sampan-charge")).contains("0.006 CNY");

        JsonNode balance = get("/v1/balance");
        assertThat(balance.get("available").asString()).isEqualTo("0.994");
        assertThat(balance.get("held").asString()).isEqualTo("0.00");
        assertThat(balance.get("spent").asString()).isEqualTo("0.006");
        assertThat(balance.get("currency").asString()).isEqualTo("CNY");
        JsonNode usage = get("/v1/usage?group_by=model").at("/data/0");
        assertThat(usage.get("group").asString()).isEqualTo(FakeModels.MODEL);
        assertThat(usage.get("calls").asInt()).isEqualTo(1);
        assertThat(usage.get("units").asInt()).isEqualTo(3);
        assertThat(usage.get("amount").asString()).isEqualTo("0.006");
        assertThat(get("/v1/usage?from=yesterday").at("/error/param").asString())
                .isEqualTo("from");

        Invoice invoice =
                billing.issueInvoice(customer, new ActorId(Ulid.next())).orElseThrow();
        assertThat(invoice.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.units()).isEqualTo(3));
    }

    @Test
    void anAllowancePaysFirstIsToldToItsOwnerAndOutlivesARestart() {
        credit("0.01");
        Funds.Grant grant = new Funds.Grant(
                customer, Fund.Kind.INCLUDED, new FundUnit("unit"), 5, Instant.EPOCH, null, "subscription/1");
        platform.getBean(Database.class)
                .asPlatform(tx -> platform.getBean(Funds.class).grant(tx, grant, new ActorId(Ulid.next())));
        HttpResponse<String> answer = post("{\"inputs\":[\"a\",\"b\",\"c\"]}");
        assertThat(answer.headers().firstValue("x-sampan-charge")).contains("0 CNY");
        JsonNode fund = get("/v1/balance").at("/funds/0");
        assertThat(fund.get("unit").asString()).isEqualTo("unit");
        assertThat(fund.get("kind").asString()).isEqualTo("included");
        assertThat(fund.get("available").asInt()).isEqualTo(2);
        assertThat(fund.get("used").asInt()).isEqualTo(3);
        platform.close();
        start();
        assertThat(post("{\"inputs\":[\"a\",\"b\"]}").headers().firstValue("x-sampan-charge"))
                .contains("0 CNY");
        assertThat(post("{\"inputs\":[\"a\"]}").headers().firstValue("x-sampan-charge"))
                .contains("0.002 CNY");
        assertThat(get("/v1/balance").at("/funds/0/available").asInt()).isZero();
        found("funds.balanced", "update billing.fund set rest = rest %1$s 1, granted = granted %1$s 1");
        found("funds.leased", "update billing.fund_lease set count = count %s 1");
    }

    @Test
    void anInspectionFindsWhateverWasTamperedWith() {
        credit("1");
        post("{\"inputs\":[\"我要退款\"]}");
        billing.issueInvoice(customer, new ActorId(Ulid.next())).orElseThrow();
        found("wallets.balanced", "update billing.wallet set balance_nanos = balance_nanos %s 5");
        found("wallets.leased", "update billing.lease set nanos = nanos %s 5");
        found("usage.booked", "update metering.usage set nanos = nanos %s 5");
        found("journal.booked", "update metering.usage set nanos = nanos %s 5");
        found("invoices.summed", "update billing.invoice set total = total %1$s 5, due = due %1$s 5");
        found("invoices.seamless", "update billing.invoice set after_sequence = after_sequence %s 1");
        DB.owner().sql("grant update on billing.entry to sampan_app").update();
        assertThat(broken()).containsExactly("ledger.append_only");
        DB.owner().sql("revoke update on billing.entry from sampan_app").update();
        DB.owner().sql("alter table metering.usage no force row level security").update();
        assertThat(broken()).containsExactly("tenancy.kept");
        DB.owner().sql("alter table metering.usage force row level security").update();
        assertThat(broken()).isEmpty();
    }

    private void found(String invariant, String tampering) {
        DB.owner().sql("set sampan.scope = 'platform'").update();
        DB.owner().sql(String.format(tampering, "+")).update();
        assertThat(broken()).as(tampering).contains(invariant);
        DB.owner().sql(String.format(tampering, "-")).update();
    }

    private List<String> broken() {
        return platform.getBean(Integrity.class).inspect().results().stream()
                .filter(result -> !result.sound())
                .map(Inspection.Result::id)
                .toList();
    }

    @Test
    void aSuppliedModelIsSoldByTheTokenAndStillIsAfterARestart() throws Exception {
        credit("1");
        try (FakeSupplier supplier = new FakeSupplier()) {
            Path file = Files.writeString(home.resolve("suppliers.yaml"), """
                    suppliers: [{name: elsewhere, base_url: "%s", api_key_env: THERE}]
                    models:
                      - name: chat
                        context_length: 4096
                        max_output_tokens: 100
                        routes: [{supplier: elsewhere, model: there, cost: {input: 1, output: 2}}]
                        price: {input: 4, cached_input: 1, output: 12}
                    """.formatted(supplier.url()));
            platform.getBean(Suppliers.class)
                    .apply(Specs.readSuppliers(file), Map.of("elsewhere", "sk-there"), new ActorId(Ulid.next()));
            assertThat(ask().statusCode()).isEqualTo(200);
            platform.close();
            start();
            assertThat(ask().headers().firstValue("x-sampan-charge")).contains("0.000104 CNY");
            platform.close();
            Files.delete(home.resolve("master-key.json"));
            start(); // without the key that was lost: everything but these suppliers goes on
            assertThat(ask().statusCode()).isEqualTo(503);
            platform.getBean(Suppliers.class)
                    .apply(Specs.readSuppliers(file), Map.of("elsewhere", "sk-there"), new ActorId(Ulid.next()));
            assertThat(ask().statusCode()).isEqualTo(200);
        }
        assertThat(get("/v1/balance").get("spent").asString()).isEqualTo("0.000312");
        Invoice invoice =
                billing.issueInvoice(customer, new ActorId(Ulid.next())).orElseThrow();
        assertThat(invoice.lines()).extracting(Invoice.Line::units).containsExactly(24L, 36L, 15L);
        String stored = DB.owner()
                .sql("select encode(keys, 'escape') || document from suppliers.supplier_set")
                .query(String.class)
                .list()
                .toString();
        assertThat(stored).doesNotContain("sk-there");
    }

    /// A supplier that hangs up may have done its work: the books know what that can have cost, and nobody pays it.
    @Test
    void anAttemptWhoseOutcomeNobodyKnowsIsARowOfItsOwn() throws Exception {
        credit("1");
        try (FakeSupplier supplier = new FakeSupplier()) {
            supplier.does((_, request) -> request.connection().close());
            Path file = Files.writeString(home.resolve("suppliers.yaml"), """
                    suppliers: [{name: elsewhere, base_url: "%s"}]
                    models:
                      - name: chat
                        context_length: 4096
                        max_output_tokens: 100
                        routes: [{supplier: elsewhere, model: there, cost: {input: 1, output: 2}}]
                        price: {input: 4, output: 12}
                    """.formatted(supplier.url()));
            platform.getBean(Suppliers.class).apply(Specs.readSuppliers(file), Map.of(), new ActorId(Ulid.next()));
            assertThat(ask().statusCode()).isEqualTo(503);
        }
        platform.close(); // which brings the journal into the books
        start();
        DB.owner().sql("set sampan.scope = 'platform'").update();
        assertThat(DB.owner()
                        .sql("select cost_nanos from metering.usage where supplier = 'elsewhere' and nanos = 0")
                        .query(Long.class)
                        .list())
                .singleElement()
                .satisfies(cost -> assertThat(cost).isGreaterThanOrEqualTo(200_000));
        assertThat(broken()).isEmpty();
    }

    private HttpResponse<String> ask() {
        return send(request("/v1/chat/completions")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"model\":\"chat\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"))
                .build());
    }

    @Test
    void sixtyFourClientsSpendTheLastCent() {
        credit("0.0401"); // 20 calls, and a rest that buys nothing
        List<CompletableFuture<HttpResponse<String>>> all = Stream.generate(
                        () -> http.sendAsync(predict("{\"inputs\":[\"a\"]}"), HttpResponse.BodyHandlers.ofString()))
                .limit(64)
                .toList();
        List<Integer> statuses =
                all.stream().map(one -> one.join().statusCode()).toList();
        assertThat(statuses).containsOnly(200, 429);
        assertThat(statuses).filteredOn(status -> status == 200).hasSize(20);
        assertThat(get("/v1/balance").get("available").asString()).isEqualTo("0.0001");
        HttpResponse<String> refused = post("{\"inputs\":[\"a\"]}");
        assertThat(refused.body()).contains("\"code\":\"credit_balance_exhausted\"");
    }

    @Test
    void withoutTheDatabaseCallsGoOnAsFarAsLeasedAndNothingIsLost() throws Exception {
        credit("1");
        assertThat(post("{\"inputs\":[\"a\"]}").statusCode()).isEqualTo(200);
        database.away = true;
        int answered = 1;
        HttpResponse<String> last = post("{\"inputs\":[\"a\"]}");
        while (last.statusCode() == 200) {
            answered++;
            last = post("{\"inputs\":[\"a\"]}");
        }
        assertThat(answered).as("what was leased was spent").isBetween(2, 499);
        assertThat(last.statusCode()).isEqualTo(503);
        assertThat(last.headers().firstValue("retry-after")).contains("1");
        assertThat(get("/v1/balance").at("/error/code").asString()).isEqualTo("unavailable");

        database.away = false;
        long until = System.nanoTime() + Duration.ofSeconds(8).toNanos();
        while (post("{\"inputs\":[\"a\"]}").statusCode() != 200 && System.nanoTime() < until) {
            Thread.sleep(100);
        }
        answered++;
        String spent = Decimals.of(Money.of("0.002", "CNY").times(answered));
        assertThat(get("/v1/balance").get("spent").asString()).isEqualTo(spent);
    }

    private void credit(String amount) {
        billing.grantTrialCredit(customer, Money.of(amount, "CNY"), new ActorId(Ulid.next()));
    }

    private HttpResponse<String> post(String body) {
        return send(predict(body));
    }

    private JsonNode get(String path) {
        return Json.MAPPER.readTree(send(request(path).GET().build()).body());
    }

    private HttpRequest predict(String body) {
        return request("/v1/predict/" + FakeModels.MODEL)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest.Builder request(String path) {
        URI door = platform.getBean(Door.class).address();
        return HttpRequest.newBuilder(URI.create(door + path))
                .timeout(Duration.ofSeconds(20))
                .header("authorization", "Bearer " + FakeKeys.KEY)
                .header("content-type", "application/json");
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(request + " was not answered", e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
