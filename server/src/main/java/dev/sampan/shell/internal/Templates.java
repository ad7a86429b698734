package dev.sampan.shell.internal;

import dev.sampan.shell.Page;
import dev.sampan.shell.Panel;
import dev.sampan.shell.Viewer;
import dev.sampan.shell.Words;
import gg.jte.Content;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.ViewResolver;

/// View names are template names (`accounts/keys`). Every template has `page` and `words`, and a `view` of its
/// own type unless it needs none. Templates were compiled at build.
@Component
final class Templates implements ViewResolver, Ordered {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
    private final Pages pages;
    private final Languages languages;
    private final List<Panel> panels;

    Templates(Pages pages, Languages languages, List<Panel> panels) {
        this.pages = pages;
        this.languages = languages;
        this.panels =
                panels.stream().sorted(Comparator.comparingInt(Panel::order)).toList();
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable View resolveViewName(String viewName, Locale locale) {
        return viewName.contains(":") ? null : new TemplateView(viewName + ".jte");
    }

    private final class TemplateView implements View {
        private final String template;

        TemplateView(String template) {
            this.template = template;
        }

        @Override
        public String getContentType() {
            return MediaType.TEXT_HTML_VALUE + ";charset=utf-8";
        }

        /// Rendered in full before the first byte leaves, so that a mistake becomes an error page and not half
        /// a page.
        @Override
        public void render(@Nullable Map<String, ?> model, HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            Words words = languages.of(request);
            Page page = pages.of(request, (slot, subject) -> panels(request, slot, subject));
            Map<String, Object> parameters = parameters(page, words, model == null ? null : model.get("view"));
            StringOutput out = new StringOutput(1 << 15);
            engine.render(template, parameters, out);
            byte[] bytes = out.toString().getBytes(StandardCharsets.UTF_8);
            response.setContentType(getContentType());
            response.setHeader("Content-Language", words.language());
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("Vary", "Cookie, Accept-Language, HX-Request");
            response.setContentLength(bytes.length);
            response.getOutputStream().write(bytes);
        }
    }

    private List<Content> panels(HttpServletRequest request, String slot, String subject) {
        Viewer viewer = Pages.viewer(request);
        if (viewer == null) {
            return List.of();
        }
        Words words = languages.of(request);
        Page page = pages.of(request, (inner, about) -> panels(request, inner, about));
        return panels.stream()
                .filter(panel -> panel.slot().equals(slot))
                .flatMap(panel -> panel.show(viewer, subject).stream())
                .map(screen -> (Content) output ->
                        engine.render(screen.template() + ".jte", parameters(page, words, screen.view()), output))
                .toList();
    }

    private static Map<String, Object> parameters(Page page, Words words, @Nullable Object view) {
        Map<String, Object> parameters = new HashMap<>(Map.of("page", page, "words", words));
        if (view != null) {
            parameters.put("view", view);
        }
        return parameters;
    }
}
