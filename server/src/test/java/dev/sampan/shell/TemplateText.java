package dev.sampan.shell;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a reader of a template could see if nothing were filled in: text between tags and spoken attributes,
/// without directives, calls and expressions. Content blocks given to a call stay.
final class TemplateText {
    private static final Pattern SPOKEN = Pattern.compile("(?:aria-label|title|placeholder|alt)=\"([^\"]*)\"");
    private static final Pattern HEAD = Pattern.compile("(?m)^@(import|param).*$");

    private final String source;
    private final StringBuilder out = new StringBuilder();
    private int at;

    private TemplateText(String source) {
        this.source = source;
    }

    static String of(String template) {
        TemplateText text = new TemplateText(HEAD.matcher(template).replaceAll(""));
        text.markup();
        StringBuilder seen = new StringBuilder();
        Matcher spoken = SPOKEN.matcher(text.out);
        while (spoken.find()) {
            seen.append(spoken.group(1)).append('\n');
        }
        return seen + text.out.toString().replaceAll("(?s)<[^>]*>", " ");
    }

    /// Until the end, or the back quote that ends a content block.
    private void markup() {
        while (at < source.length() && source.charAt(at) != '`') {
            if (source.startsWith("${", at) || source.startsWith("!{", at)) {
                at += 2;
                java('{', '}');
            } else if (source.charAt(at) == '@' && Character.isLetter(source.charAt(at + 1))) {
                directive();
            } else {
                out.append(source.charAt(at++));
            }
        }
        at++;
    }

    private void directive() {
        at++;
        while (at < source.length() && (Character.isLetter(source.charAt(at)) || source.charAt(at) == '.')) {
            at++;
        }
        if (at < source.length() && source.charAt(at) == '(') {
            at++;
            java('(', ')');
        }
    }

    /// Skips Java up to the closing bracket; strings are not looked into, content blocks are.
    private void java(char open, char close) {
        int depth = 1;
        while (depth > 0 && at < source.length()) {
            char letter = source.charAt(at++);
            if (letter == '"') {
                at = source.indexOf('"', at) + 1;
            } else if (letter == '@' && source.charAt(at) == '`') {
                at++;
                markup();
            } else {
                depth += letter == open ? 1 : letter == close ? -1 : 0;
            }
        }
    }
}
