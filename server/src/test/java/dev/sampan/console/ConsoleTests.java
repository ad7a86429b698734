package dev.sampan.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.accounts.OperatorToken;
import dev.sampan.accounts.web.SampleCredentials;
import dev.sampan.console.sample.SampleAccounts;
import dev.sampan.console.sample.SampleHarbour;
import dev.sampan.console.sample.SamplePayments;
import dev.sampan.console.sample.SampleStudio;
import dev.sampan.kernel.Json;
import dev.sampan.kernel.TenantId;
import dev.sampan.shell.AccessRule;
import dev.sampan.shell.AccessRules;
import dev.sampan.studio.Run;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// The console over sample rooms, by HTTP as a browser without JavaScript would use it.
class ConsoleTests {
    private static ConfigurableApplicationContext harbour;
    private static int port;

    @BeforeAll
    static void open() {
        harbour = SampleHarbour.open(0);
        port = Integer.parseInt(harbour.getEnvironment().getRequiredProperty("local.server.port"));
    }

    @AfterAll
    static void close() {
        harbour.close();
    }

    static Stream<String> pages() {
        SampleAccounts accounts = harbour.getBean(SampleAccounts.class);
        String tea =
                accounts.organisationNamed("Harbour Tea").orElseThrow().id().toString();
        String key = accounts.keys(TenantId.parse(tea)).getFirst().id().toString();
        return Stream.of(
                "/",
                "/runs",
                "/runs/" + SampleStudio.RUNNING,
                "/runs/" + SampleStudio.DONE,
                "/runs/" + SampleStudio.FAILED,
                "/models",
                "/suppliers",
                "/integrity",
                "/models/helpdesk",
                "/models/helpdesk?version=1",
                "/keys",
                "/keys/" + tea + "/" + key,
                "/customers",
                "/customers/" + tea,
                "/usage",
                "/usage?by=model",
                "/invoices",
                "/invoices/" + tea + "/S-2026-000001",
                "/payments",
                "/payments/" + SamplePayments.PAID,
                "/payments/links/" + SamplePayments.PAID,
                "/payments/books",
                "/webhooks",
                "/password");
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPageIsClosedToStrangersAndOpensToMembersInBothLanguages(String page) throws Exception {
        HttpResponse<String> stranger = new Visitor(port).get(page);
        assertThat(stranger.statusCode()).isEqualTo(302);
        assertThat(Visitor.location(stranger)).isEqualTo("/sign-in");

        Visitor member = Visitor.signedIn(port);
        for (String language : List.of("zh-CN", "en")) {
            HttpResponse<String> answer = member.get(page, "Accept-Language", language);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("<html lang=\"" + language + "\"", "</html>");
            assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        }
    }

    @Test
    void everyMappingStandsInThePolicyTableAndEveryLineOfItLeadsSomewhere() {
        Set<String> rules = new TreeSet<>();
        harbour.getBeansOfType(AccessRules.class)
                .values()
                .forEach(table -> table.rules().forEach(rule -> rules.add(rule.method() + " " + rule.pattern())));
        Set<String> mappings = new TreeSet<>();
        for (RequestMappingInfo info : harbour.getBean(RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()) {
            info.getMethodsCondition()
                    .getMethods()
                    .forEach(
                            method -> info.getPatternValues().forEach(pattern -> mappings.add(method + " " + pattern)));
        }
        mappings.add("POST /sign-in"); // answered by the security filters
        rules.add("POST /sign-in");
        assertThat(mappings).isEqualTo(rules);
    }

    @Test
    void onlyAFewPathsAreOpenToAnyone() {
        List<String> open = harbour.getBeansOfType(AccessRules.class).values().stream()
                .flatMap(table -> table.rules().stream())
                .filter(rule -> rule.who() == AccessRule.Who.ANYONE)
                .map(rule -> rule.method() + " " + rule.pattern())
                .sorted()
                .toList();
        assertThat(open)
                .containsExactly(
                        "GET /api/limits",
                        "GET /api/payments",
                        "GET /api/plans",
                        "GET /api/runs/{id}",
                        "GET /api/suppliers",
                        "GET /assets/{name}",
                        "GET /favicon.ico",
                        "GET /pay/{token}",
                        "GET /sign-in",
                        "POST /api/integrity",
                        "POST /api/limits",
                        "POST /api/limits/keys",
                        "POST /api/payments",
                        "POST /api/payments/reconciliations",
                        "POST /api/plans",
                        "POST /api/plans/codes",
                        "POST /api/runs",
                        "POST /api/suppliers",
                        "POST /pay/notify/{provider}",
                        "POST /pay/{token}",
                        "POST /pay/{token}/ask",
                        "POST /preferences");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/keys/",
                "/KEYS",
                "/keys;a=b",
                "//keys",
                "/%6beys",
                "/keys/..",
                "/actuator",
                "/webjars/htmx.org/x",
                "/nowhere"
            })
    void variantsOfAnAddressOpenNothing(String path) throws Exception {
        int status = new Visitor(port).get(path).statusCode();
        assertThat(status).isIn(302, 400, 403, 404);
    }

    @Test
    void pagesForbidInlineScriptsFramesAndGuessing() throws Exception {
        var headers = new Visitor(port).get("/sign-in").headers();
        assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'self'", "frame-ancestors 'none'", "form-action 'self'")
                .doesNotContain("unsafe");
        assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Set-Cookie").orElse("")).contains("HttpOnly", "SameSite=Lax");
    }

    @Test
    void anUnknownNameAndAWrongPasswordGetTheSameAnswer() throws Exception {
        HttpResponse<String> unknown = new Visitor(port).signIn("nobody", "wrong");
        HttpResponse<String> wrong = new Visitor(port).signIn("admin", "wrong");
        assertThat(Visitor.location(unknown)).isEqualTo("/sign-in?refused").isEqualTo(Visitor.location(wrong));
        assertThat(Visitor.location(new Visitor(port).signIn("throttled", "any")))
                .isEqualTo("/sign-in?wait");
    }

    @Test
    void theSessionGetsANewNameAtSignIn() throws Exception {
        Visitor visitor = new Visitor(port);
        visitor.get("/sign-in");
        String before = visitor.cookie("JSESSIONID");
        visitor.signIn("admin", SampleCredentials.PASSWORD);
        assertThat(visitor.cookie("JSESSIONID")).isNotEmpty().isNotEqualTo(before);
    }

    @Test
    void signInLeadsToThePageThatWasAskedFor() throws Exception {
        Visitor visitor = new Visitor(port);
        visitor.get("/usage?by=model");
        assertThat(Visitor.location(visitor.signIn("admin", SampleCredentials.PASSWORD)))
                .startsWith("/usage?by=model");
    }

    @Test
    void aFormWithoutItsTokenIsRefused() throws Exception {
        Visitor visitor = Visitor.signedIn(port);
        assertThat(visitor.postWithoutToken("/customers", "name=forged").statusCode())
                .isEqualTo(403);
        assertThat(harbour.getBean(SampleAccounts.class).organisationNamed("forged"))
                .isEmpty();
    }

    @Test
    void aOneTimePasswordOpensNothingButTheChoiceOfAnother() throws Exception {
        Visitor visitor = new Visitor(port);
        visitor.signIn("newcomer", SampleCredentials.PASSWORD);
        assertThat(Visitor.location(visitor.get("/keys"))).isEqualTo("/password");
        assertThat(visitor.postWithoutToken("/keys", "").statusCode()).isIn(302, 403);
        assertThat(visitor.get("/live?topics=run/x").statusCode()).isEqualTo(302);

        String old = "old=" + SampleCredentials.PASSWORD.replace(' ', '+');
        String differ = "&chosen=a+sentence+of+mine&repeated=another+sentence";
        assertThat(visitor.post("/password", "/password", old + differ).statusCode())
                .isEqualTo(200);
        assertThat(Visitor.location(visitor.get("/keys"))).isEqualTo("/password");

        String same = "&chosen=a+sentence+of+mine&repeated=a+sentence+of+mine";
        assertThat(Visitor.location(visitor.post("/password", "/password", old + same)))
                .isEqualTo("/");
        assertThat(visitor.get("/keys").statusCode()).isEqualTo(200);
    }

    @Test
    void aKeyIsShownOnceAndWithItTheCallsThatUseIt() throws Exception {
        Visitor visitor = Visitor.signedIn(port);
        String customer = harbour.getBean(SampleAccounts.class)
                .organisationNamed("Harbour Tea")
                .orElseThrow()
                .id()
                .toString();
        String path = Visitor.location(visitor.post("/keys", "/keys", "customer=" + customer + "&name=till"));
        String first = visitor.get(path).body();
        Matcher secret = Pattern.compile("id=\"secret\">([^<]+)<").matcher(first);
        assertThat(secret.find()).isTrue();
        assertThat(first).contains("Bearer " + secret.group(1), "/v1/predict/helpdesk-intent");
        assertThat(visitor.get(path).body()).doesNotContain(secret.group(1)).contains("$SAMPAN_API_KEY");

        assertThat(Visitor.location(visitor.post(path, path + "/revoke", ""))).isEqualTo("/keys");
        assertThat(visitor.get(path).body()).doesNotContain("/v1/predict");
    }

    @Test
    void languageAndThemeAreChosenByFormsAndNeverLeadAway() throws Exception {
        Visitor visitor = Visitor.signedIn(port);
        var away = visitor.post("/", "/preferences", "language=zh&theme=dark&back=//evil.example");
        assertThat(Visitor.location(away)).isEqualTo("/");
        assertThat(visitor.get("/runs").body()).contains("lang=\"zh-CN\" data-theme=\"dark\"");
        var back = visitor.post("/", "/preferences", "language=en&back=/usage?by=model%26from=");
        assertThat(Visitor.location(back)).isEqualTo("/usage?by=model&from=");
    }

    @Test
    void onTheFirstDayEveryPageSaysWhatToDoNext() throws Exception {
        try (ConfigurableApplicationContext empty = SampleHarbour.open(0, true)) {
            int at = Integer.parseInt(empty.getEnvironment().getRequiredProperty("local.server.port"));
            Visitor visitor = Visitor.signedIn(at);
            assertThat(visitor.get("/", "Accept-Language", "en").body())
                    .contains("From data to the first paid call", "<li class=\"next\">", "sampan launch sampan.yaml")
                    .doesNotContain("<li class=\"done\">");
            for (String page : List.of("/runs", "/models", "/customers", "/usage", "/invoices", "/keys")) {
                assertThat(visitor.get(page).body()).as(page).contains("class=\"empty\"");
            }
        }
    }

    @Test
    void whoeverHasALinkPaysWithoutSigningInAndSeesNothingElse() throws Exception {
        String path = "/pay/" + SamplePayments.OPEN;
        for (String language : List.of("zh-CN", "en")) {
            String page =
                    new Visitor(port).get(path, "Accept-Language", language).body();
            assertThat(page).contains("¥200.00", "Quayside", "<path d=\"M4 4h7v1h-7z");
            assertThat(page).doesNotContain("/customers", "/payments/");
        }
        Visitor payer = new Visitor(port);
        assertThat(Visitor.location(payer.post(path, path, "provider=alipay"))).isEqualTo(path);
        assertThat(payer.postWithoutToken(path, "provider=alipay").statusCode()).isEqualTo(403);
        assertThat(payer.get("/pay/nobody-knows-this").statusCode()).isEqualTo(404);
        assertThat(payer.postWithoutToken("/pay/notify/alipay", "total_amount=0.10&sign=a%2Bb")
                        .body())
                .as("the bytes of a form as they came, without a token of ours")
                .isEqualTo("total_amount=0.10&sign=a%2Bb");
        assertThat(payer.postWithoutToken("/pay/notify/alipay", "a".repeat(256 * 1024 + 1))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void usageIsAlsoASpreadsheet() throws Exception {
        HttpResponse<String> csv = Visitor.signedIn(port).get("/usage.csv?by=model");
        assertThat(csv.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(csv.body()).contains("\"helpdesk-intent\",\"1180\",\"1234\",\"2.468\",\"CNY\"\r\n");
    }

    @Test
    void anErrorPageSaysWhatWhyWhatToDoAndTheRequestsNumber() throws Exception {
        HttpResponse<String> missing = Visitor.signedIn(port).get("/models/none", "Accept-Language", "en");
        assertThat(missing.statusCode()).isEqualTo(404);
        assertThat(missing.body())
                .contains(
                        "There is no model none",
                        missing.headers().firstValue("X-Request-Id").orElseThrow());
        HttpResponse<String> range = Visitor.signedIn(port).get("/usage?from=2026-02-30", "Accept-Language", "en");
        assertThat(range.statusCode()).isEqualTo(422);
        assertThat(range.body()).contains("is not a day", "Write it as");
    }

    @Test
    void theFirstLoadStaysUnderSixtyKilobytes() throws Exception {
        Visitor visitor = Visitor.signedIn(port);
        String home = visitor.get("/").body();
        int bytes = gzip(home);
        Set<String> assets = new TreeSet<>();
        Matcher address =
                Pattern.compile("/assets/[a-z]+\\.[0-9a-f]{12}\\.[a-z]+").matcher(home);
        while (address.find()) {
            assets.add(address.group());
        }
        assertThat(assets).hasSize(6);
        for (String asset : assets) {
            HttpResponse<String> file = visitor.get(asset);
            assertThat(file.headers().firstValue("Cache-Control").orElse("")).contains("immutable");
            bytes += gzip(file.body());
        }
        assertThat(bytes).isLessThan(60_000);
    }

    @Test
    void runsAreOpenToTheOperatorsTokenAlone() throws Exception {
        String path = "/api/runs/" + SampleStudio.DONE;
        OperatorToken token = harbour.getBean(OperatorToken.class);
        assertThat(api(path, "").statusCode()).isEqualTo(401);
        assertThat(api(path, token.header() + "0").statusCode()).isEqualTo(401);
        assertThat(Visitor.signedIn(port).get(path).statusCode())
                .as("a session is no token")
                .isEqualTo(401);
        HttpResponse<String> answer = api(path, token.header());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Json.read(answer.body(), Run.class).id()).isEqualTo(SampleStudio.DONE);
        assertThat(api("/api/runs/nonsense", token.header()).statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> api(String path, String authorization) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                            .header("Authorization", authorization)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static int gzip(String text) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.size();
    }
}
