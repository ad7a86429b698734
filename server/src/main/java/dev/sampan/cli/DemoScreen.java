package dev.sampan.cli;

import java.util.Optional;

/// What the demo prints: headings with a line under each, in the language of the terminal.
final class DemoScreen {
    private final ProgressLines progress;

    DemoScreen(ProgressLines progress) {
        this.progress = progress;
    }

    ProgressLines progress() {
        return progress;
    }

    void heading(String key) {
        progress.endLine();
        System.out.println();
        System.out.println("≈≈ " + Texts.get(key));
    }

    void say(String key, Object... values) {
        progress.endLine();
        System.out.println("   " + Texts.get(key, values));
    }

    void line(String text) {
        progress.endLine();
        System.out.println("   " + text);
    }

    /// Where to go from here: the console, the password if it still is the first one, and a line to paste.
    void end(Platform platform, String secret, String model, String question) {
        heading("demo.next");
        say("demo.console", platform.consoleAddress());
        Optional<String> password = platform.accounts().adminOneTimePassword();
        password.ifPresent(once -> say("demo.password", "admin", once));
        say("demo.curl");
        System.out.println();
        System.out.println("curl -s " + platform.apiAddress() + "/v1/predict/" + model + " \\\n"
                + "  -H 'Authorization: Bearer " + secret + "' -H 'Content-Type: application/json' \\\n"
                + "  -d '{\"inputs\":[{\"text\":\"" + question + "\"}]}'");
        System.out.println();
    }
}
