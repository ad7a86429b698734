package dev.sampan.shell;

import dev.sampan.kernel.Json;
import java.util.List;
import java.util.Map;

/// A call that works when pasted: one model that answers now, with an input it understands.
///
/// @param baseUrl of the API, without `/v1`
/// @param model public name
/// @param input one input, by column
public record CallExample(String baseUrl, String model, Map<String, String> input) {
    public CallExample {
        input = Map.copyOf(input);
    }

    /// The call in every language we show, with the key in it.
    public List<Snippet> snippets(String key) {
        return List.of(
                new Snippet("curl", curl(key)),
                new Snippet("Python", python(key)),
                new Snippet("OpenAI SDK", openAi(key)),
                new Snippet("Java", java(key)));
    }

    private String body() {
        return Json.write(Map.of("inputs", List.of(input)));
    }

    private String url() {
        return baseUrl + "/v1/predict/" + model;
    }

    private String curl(String key) {
        return """
                curl %s \\
                  -H "Authorization: Bearer %s" \\
                  -H 'Content-Type: application/json' \\
                  -d '%s'""".formatted(url(), key, body().replace("'", "'\\''"));
    }

    private String python(String key) {
        return """
                import requests

                answer = requests.post(
                    "%s",
                    headers={"Authorization": "Bearer %s"},
                    json=%s,
                )
                print(answer.json()["predictions"][0])""".formatted(url(), key, body());
    }

    private String openAi(String key) {
        return """
                from openai import OpenAI

                client = OpenAI(base_url="%s/v1", api_key="%s")
                print([model.id for model in client.models.list()])
                print(client.post("/predict/%s", cast_to=object, body=%s))""".formatted(baseUrl, key, model, body());
    }

    private String java(String key) {
        String text = """
                var request = HttpRequest.newBuilder(URI.create("%s"))
                        .header("Authorization", "Bearer %s")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(%s))
                        .build();
                var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
                IO.println(answer.body());""";
        return text.formatted(url(), key, Json.write(body()));
    }

    /// @param title as on the tab
    public record Snippet(String title, String code) {}
}
