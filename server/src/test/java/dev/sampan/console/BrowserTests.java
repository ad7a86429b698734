package dev.sampan.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.sampan.accounts.KeyUsed;
import dev.sampan.accounts.web.SampleCredentials;
import dev.sampan.console.sample.SampleAccounts;
import dev.sampan.console.sample.SampleHarbour;
import dev.sampan.console.sample.SampleStudio;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import dev.sampan.shell.LiveEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.context.ConfigurableApplicationContext;

/// The console in a real browser, over sample rooms. Skipped where no Chromium is installed.
class BrowserTests {
    private static final List<String> AXE_TAGS =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private static ConfigurableApplicationContext harbour;
    private static Playwright playwright;
    private static Browser browser;
    private static String base;
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void open() {
        Optional<Path> chromium = Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(chromium.isPresent(), "no Chromium is installed");
        harbour = SampleHarbour.open(0);
        base = "http://localhost:" + harbour.getEnvironment().getRequiredProperty("local.server.port");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.orElseThrow())
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                "--disable-background-networking",
                                "--disable-component-update",
                                "--disable-sync",
                                "--no-first-run")));
    }

    @AfterAll
    static void close() {
        if (playwright != null) {
            playwright.close();
            harbour.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"zh-CN,400", "en-US,1280"})
    void everyPageIsAccessibleByDayAndNightAndFitsItsWindow(String locale, int width) {
        try (BrowserContext context = context(locale, ColorScheme.LIGHT, width)) {
            Page page = signedIn(context);
            List<String> faults = new ArrayList<>();
            Stream.concat(pages(), Stream.of("/sign-in", "/models/none")).forEach(path -> {
                page.navigate(base + path);
                faults.addAll(faults(path, new AxeBuilder(page).withTags(AXE_TAGS)));
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
                faults.addAll(faults(path + " by night", new AxeBuilder(page).withRules(List.of("color-contrast"))));
                page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
                Object excess = page.evaluate("document.documentElement.scrollWidth - innerWidth");
                if (excess instanceof Integer pixels && pixels > 0) {
                    faults.add(path + ": wider than its window by " + pixels);
                }
            });
            assertThat(faults).isEmpty();
            assertThat(complaints).allMatch(complaint -> complaint.contains("404"));
        }
    }

    @Test
    void aRunIsFollowedLiveAndIsTheSameAfterAReload() {
        try (BrowserContext context = context("en-US", ColorScheme.LIGHT, 1280)) {
            Page page = signedIn(context);
            page.navigate(base + "/runs/" + SampleStudio.RUNNING);
            Locator training = page.locator(".stages .running .about");
            Locator epochs = page.locator("section:has(#curve) header p");
            String before = epochs.textContent();

            harbour.getBean(SampleStudio.class).step();
            harbour.getBean(LiveEvents.class).publish("run/" + SampleStudio.RUNNING, "epoch", Map.of());
            PlaywrightAssertions.assertThat(epochs).not().hasText(before);
            String after = training.textContent();

            page.locator("#run .twin summary").first().click();
            harbour.getBean(SampleStudio.class).step();
            harbour.getBean(LiveEvents.class).publish("run/" + SampleStudio.RUNNING, "epoch", Map.of());
            PlaywrightAssertions.assertThat(training).not().hasText(after);
            PlaywrightAssertions.assertThat(page.locator("#run .twin").first()).hasAttribute("open", "");

            String last = training.textContent();
            page.reload();
            assertThat(training.textContent()).isEqualTo(last);
            assertThat(page.evaluate("performance.getEntriesByType('resource')"
                            + ".filter(one => one.name.includes('/live')).length"))
                    .as("streams of one page")
                    .isIn(0, 1);
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void aRunIsCancelledAfterASecondThoughtAndItsPageKnowsThatItEnded() {
        try (BrowserContext context = context("en-US", ColorScheme.LIGHT, 1280)) {
            Page watcher = signedIn(context);
            watcher.navigate(base + "/runs/" + SampleStudio.RUNNING);
            Page page = context.newPage();
            page.navigate(base + "/runs/" + SampleStudio.RUNNING);
            page.locator("#cancel summary").click();
            page.locator("#cancel form button").click();
            PlaywrightAssertions.assertThat(page.locator("#run h2 .state").first())
                    .hasText("cancelled");
            harbour.getBean(LiveEvents.class).publish("run/" + SampleStudio.RUNNING, "state", Map.of());
            PlaywrightAssertions.assertThat(watcher.locator("#cancel")).hasCount(0);
        } finally {
            harbour.getBean(SampleStudio.class).resume();
        }
    }

    @Test
    void aKeyIsMadeCopiedAndTicksWhenItsFirstCallComes() {
        try (BrowserContext context = context("en-US", ColorScheme.LIGHT, 1280)) {
            Page page = signedIn(context);
            page.navigate(base + "/keys");
            page.locator("input[name=name]").fill("till");
            page.locator("form[action='/keys'] button").click();
            PlaywrightAssertions.assertThat(page.locator("#secret")).containsText("sk-sampan-");
            PlaywrightAssertions.assertThat(page.locator(".snippets pre").first())
                    .containsText(page.locator("#secret").textContent());
            page.locator(".secret [data-copy]").click();
            PlaywrightAssertions.assertThat(page.locator(".secret [data-copy]")).hasText("Copied");

            String[] path = page.url().split("/");
            Ulid key = Ulid.parse(path[path.length - 1]);
            PlaywrightAssertions.assertThat(page.locator("#arrival")).containsText("Waiting");
            harbour.publishEvent(new KeyUsed(TenantId.parse(path[path.length - 2]), key));
            PlaywrightAssertions.assertThat(page.locator("#arrival")).containsText("First call received");
            assertThat(complaints).isEmpty();
        }
    }

    @Test
    void aKeyIsRevokedWithTheKeyboardAloneAndOnlyAfterASecondThought() {
        SampleAccounts accounts = harbour.getBean(SampleAccounts.class);
        var customer = accounts.customers().getFirst();
        var key = accounts.createKey(customer.id(), "doomed", SampleAccounts.ADMIN)
                .key();
        try (BrowserContext context = context("en-US", ColorScheme.LIGHT, 1280)) {
            Page page = signedIn(context);
            page.navigate(base + "/keys");
            page.keyboard().press("Tab");
            PlaywrightAssertions.assertThat(page.locator(".skip")).isFocused();
            page.keyboard().press("Enter");
            Locator revoke = page.getByLabel("Revoke key doomed");
            for (int i = 0; i < 30 && !(boolean) revoke.evaluate("one => one === document.activeElement"); i++) {
                page.keyboard().press("Tab");
            }
            page.keyboard().press("Enter");
            page.keyboard().press("Escape");
            PlaywrightAssertions.assertThat(revoke).isFocused();
            page.keyboard().press("Enter");
            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            PlaywrightAssertions.assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("doomed")))
                    .containsText("revoked");
        }
        assertThat(accounts.keys(customer.id()))
                .filteredOn(one -> one.id().equals(key.id()))
                .allMatch(one -> one.revokedAt() != null);
    }

    @Test
    void everythingButTheTickWorksWithoutJavaScript() {
        Browser.NewContextOptions options =
                new Browser.NewContextOptions().setLocale("en-US").setJavaScriptEnabled(false);
        try (BrowserContext context = browser.newContext(options)) {
            Page page = signedIn(context);
            page.locator(".me summary").click();
            page.locator("button[name=theme][value=dark]").click();
            PlaywrightAssertions.assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
            page.locator(".me summary").click();
            page.locator("button[name=language][value=zh]").click();
            PlaywrightAssertions.assertThat(page.locator("html")).hasAttribute("lang", "zh-CN");
            page.navigate(base + "/usage");
            page.locator("select[name=by]").selectOption("model");
            page.locator("form[action='/usage'] button").click();
            PlaywrightAssertions.assertThat(page.locator("tbody th")).hasText("helpdesk-intent");
        }
    }

    private static List<String> faults(String path, AxeBuilder axe) {
        return axe.analyze().getViolations().stream()
                .map(fault -> path + ": " + fault.getId() + " "
                        + fault.getNodes().getFirst().getHtml())
                .toList();
    }

    private static Stream<String> pages() {
        SampleAccounts accounts = harbour.getBean(SampleAccounts.class);
        TenantId tea = accounts.organisationNamed("Harbour Tea").orElseThrow().id();
        TenantId flowers = accounts.organisationNamed("海棠花店").orElseThrow().id();
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
                "/keys",
                "/keys/" + flowers + "/" + accounts.keys(flowers).getLast().id(),
                "/keys/" + tea + "/" + accounts.keys(tea).getLast().id(),
                "/customers",
                "/customers/" + tea,
                "/customers/" + flowers,
                "/usage",
                "/usage?by=model",
                "/usage?customer=" + flowers,
                "/invoices",
                "/invoices/" + tea + "/S-2026-000001",
                "/password");
    }

    private BrowserContext context(String locale, ColorScheme scheme, int width) {
        return browser.newContext(new Browser.NewContextOptions()
                .setLocale(locale)
                .setColorScheme(scheme)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setViewportSize(width, 900));
    }

    private Page signedIn(BrowserContext context) {
        Page page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.navigate(base + "/sign-in");
        page.locator("input[name=username]").fill("admin");
        page.locator("input[name=password]").fill(SampleCredentials.PASSWORD);
        page.locator(".form button").click();
        PlaywrightAssertions.assertThat(page.locator(".me")).containsText("admin");
        return page;
    }
}
