package dev.sampan.console;

import dev.sampan.accounts.web.SampleCredentials;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A person at the console, without a browser: keeps cookies, sends forms with their token.
final class Visitor {
    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final String base;

    Visitor(int port) {
        base = "http://localhost:" + port;
    }

    static Visitor signedIn(int port) throws Exception {
        Visitor visitor = new Visitor(port);
        visitor.signIn("admin", SampleCredentials.PASSWORD);
        return visitor;
    }

    HttpResponse<String> signIn(String name, String password) throws Exception {
        return post("/sign-in", "/sign-in", "username=" + name + "&password=" + encode(password));
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /// Sends a form as it stands on `page`.
    HttpResponse<String> post(String page, String path, String fields) throws IOException, InterruptedException {
        Matcher token = TOKEN.matcher(get(page).body());
        String csrf = token.find() ? "&_csrf=" + encode(token.group(1)) : "";
        return postWithoutToken(path, fields + csrf);
    }

    HttpResponse<String> postWithoutToken(String path, String fields) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(base + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(fields))
                        .build(),
                BodyHandlers.ofString());
    }

    HttpClient http() {
        return http;
    }

    String cookie(String name) {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals(name))
                .map(cookie -> cookie.getValue())
                .findFirst()
                .orElse("");
    }

    static String location(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Location")
                .map(to -> to.replaceAll("^https?://[^/]+", ""))
                .orElse("");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
