package dev.sampan.gateway.internal;

import static dev.sampan.gateway.internal.FakeSupplier.says;

import java.util.List;

/// Answers of Anthropic and Gemini as their documents show them, for [FakeSupplier]s.
final class ForeignSpeech {
    private ForeignSpeech() {}

    static final String MESSAGE = """
            {"id":"msg_013Zva","type":"message","role":"assistant","model":"claude-there",
             "content":[{"type":"thinking","thinking":"hm","signature":"EqQB"},{"type":"text","text":"你好 claude"},
               {"type":"tool_use","id":"toolu_1","name":"order","input":{"id":7}}],
             "stop_reason":"tool_use","stop_sequence":null,
             "usage":{"input_tokens":8,"cache_creation_input_tokens":3,"cache_read_input_tokens":9,"output_tokens":5,
                      "service_tier":"standard"}}""";

    static final String OVERLOADED =
            "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}";

    /// A text, then a call of a tool, as events.
    static final List<String> MESSAGE_EVENTS = List.of(
            """
            {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","content":[],\
            "model":"claude-there","stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":25,\
            "cache_read_input_tokens":5,"cache_creation_input_tokens":null,"output_tokens":1}}}""",
            "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}",
            "{\"type\": \"ping\"}",
            "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"查\"}}",
            "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"一下\"}}",
            "{\"type\":\"content_block_stop\",\"index\":0}",
            """
            {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"order",\
            "input":{}}}""",
            """
            {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\\"id\\":"}}""",
            """
            {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"7}"}}""",
            "{\"type\":\"content_block_stop\",\"index\":1}",
            """
            {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":\
            {"output_tokens":15}}""",
            "{\"type\":\"message_stop\"}");

    static FakeSupplier.Behaviour messageEvents(List<String> events) {
        StringBuilder text = new StringBuilder();
        for (String event : events) {
            String type = event.replaceFirst("\\{\"type\": ?\"([a-z_]+)\".*", "$1");
            text.append("event: ").append(type).append("\ndata: ").append(event).append("\n\n");
        }
        return says("text/event-stream; charset=utf-8", text.toString());
    }

    static final String CONTENT = """
            {"candidates":[{"content":{"parts":[{"text":"thinking","thought":true},{"text":"你好 gemini"},
               {"functionCall":{"name":"order","args":{"id":7}},"thoughtSignature":"c2ln"}],"role":"model"},
               "finishReason":"STOP","index":0}],
             "usageMetadata":{"promptTokenCount":20,"cachedContentTokenCount":12,"candidatesTokenCount":5,
               "thoughtsTokenCount":4,"totalTokenCount":29},"modelVersion":"gemini-there","responseId":"r"}""";

    static FakeSupplier.Behaviour contentEvents() {
        String piece = """
                data: {"candidates": [{"content": {"parts": [{"text": "%s"}],"role": "model"}%s,"index": 0}],\
                "usageMetadata": {"promptTokenCount": 9,"candidatesTokenCount": %d,"totalTokenCount": %d}}\r
                \r
                """;
        return says(
                "text/event-stream",
                piece.formatted("你", "", 1, 10) + piece.formatted("好", ",\"finishReason\": \"STOP\"", 2, 11));
    }
}
