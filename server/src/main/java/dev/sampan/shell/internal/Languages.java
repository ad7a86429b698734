package dev.sampan.shell.internal;

import dev.sampan.shell.Words;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/// The language bundles of all rooms (`messages/<room>_<language>.properties`, UTF-8), and which one a request
/// wants:
/// the cookie, else `Accept-Language`, else English.
@Component
final class Languages {
    static final String COOKIE = "sampan.language";
    static final List<Locale> KNOWN = List.of(Locale.ENGLISH, Locale.CHINESE);

    private final Map<String, Words> words = new HashMap<>();

    Languages() {
        for (Locale locale : KNOWN) {
            Map<String, String> texts = read(locale);
            words.put(locale.getLanguage(), new Words(texts::get, locale, ZoneId.systemDefault()));
        }
    }

    Words of(HttpServletRequest request) {
        var cookie = WebUtils.getCookie(request, COOKIE);
        Words chosen = cookie == null ? null : words.get(cookie.getValue());
        return chosen != null ? chosen : accepted(request);
    }

    private Words accepted(HttpServletRequest request) {
        var wanted = request.getHeader("Accept-Language") == null
                ? List.<Locale.LanguageRange>of()
                : ranges(request.getHeader("Accept-Language"));
        Locale found = Locale.lookup(wanted, KNOWN);
        return of(found == null ? Locale.ENGLISH : found);
    }

    private static List<Locale.LanguageRange> ranges(String header) {
        try {
            return Locale.LanguageRange.parse(header);
        } catch (IllegalArgumentException _) {
            return List.of(); // a header that is not one says nothing about the reader
        }
    }

    Words of(Locale locale) {
        return Objects.requireNonNull(words.get(locale.getLanguage()), locale::toString);
    }

    private static Map<String, String> read(Locale locale) {
        Map<String, String> texts = new HashMap<>();
        try {
            String pattern = "classpath*:messages/*_" + locale.getLanguage() + ".properties";
            for (Resource bundle : new PathMatchingResourcePatternResolver().getResources(pattern)) {
                try (Reader in = new InputStreamReader(bundle.getInputStream(), StandardCharsets.UTF_8)) {
                    Properties properties = new Properties();
                    properties.load(in);
                    properties.forEach((key, text) -> texts.put((String) key, (String) text));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.copyOf(texts);
    }
}
