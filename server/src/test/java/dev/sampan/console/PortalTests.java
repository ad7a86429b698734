package dev.sampan.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.accounts.web.SampleCredentials;
import dev.sampan.console.sample.SampleAccounts;
import dev.sampan.console.sample.SampleHarbour;
import dev.sampan.shell.AccessRule;
import dev.sampan.shell.AccessRules;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpMethod;

/// The customers' own side, and the wall between it and the team's.
class PortalTests {
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

    /// Every rule of the table, as whoever it is not for.
    @Test
    void customersPeopleSeeTheirOwnSideAndTheTeamItsOwn() throws Exception {
        Visitor customer = new Visitor(port);
        customer.signIn("li@tea.example", SampleCredentials.PASSWORD);
        Visitor member = Visitor.signedIn(port);
        for (AccessRules table : harbour.getBeansOfType(AccessRules.class).values()) {
            for (AccessRule rule : table.rules()) {
                if (rule.who() != AccessRule.Who.MEMBER && rule.who() != AccessRule.Who.CUSTOMER) {
                    continue;
                }
                Visitor other = rule.who() == AccessRule.Who.MEMBER ? customer : member;
                String path = rule.pattern().replaceAll("\\{\\*?\\w+}", "x");
                HttpResponse<String> answer =
                        rule.method() == HttpMethod.GET ? other.get(path) : other.post("/password", path, "name=x");
                boolean first = path.equals("/") || path.equals("/portal");
                assertThat(answer.statusCode()).as(rule.toString()).isEqualTo(first ? 302 : 403);
            }
        }
    }

    @Test
    void theFirstPageOfTheOtherSideLeadsToOnesOwn() throws Exception {
        Visitor customer = new Visitor(port);
        assertThat(Visitor.location(customer.signIn("li@tea.example", SampleCredentials.PASSWORD)))
                .isEqualTo("/");
        assertThat(Visitor.location(customer.get("/"))).isEqualTo("/portal");
        assertThat(Visitor.location(Visitor.signedIn(port).get("/portal"))).isEqualTo("/");
        String portal = customer.get("/portal").body();
        assertThat(portal)
                .contains("Harbour Tea", "/portal/keys", "/portal/topup")
                .doesNotContain("/customers", "/suppliers");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/portal", "/portal/keys", "/portal/usage", "/portal/usage.csv", "/portal/invoices"})
    void theCustomersSideOpens(String path) throws Exception {
        Visitor customer = new Visitor(port);
        customer.signIn("li@tea.example", SampleCredentials.PASSWORD);
        assertThat(customer.get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void anInvitationShowsItsPasswordOnce() throws Exception {
        Visitor member = Visitor.signedIn(port);
        String tea = harbour.getBean(SampleAccounts.class)
                .organisationNamed("Harbour Tea")
                .orElseThrow()
                .id()
                .toString();
        HttpResponse<String> invited =
                member.post("/customers/" + tea, "/customers/" + tea + "/people", "name=li%40tea.example");
        assertThat(Visitor.location(invited)).isEqualTo("/customers/" + tea);
        assertThat(member.get("/customers/" + tea).body()).contains("k7mw-2abc");
        assertThat(member.get("/customers/" + tea).body()).doesNotContain("k7mw-2abc");
    }
}
