package dev.sampan.gateway.internal;

import dev.sampan.gateway.Quantities;
import dev.sampan.gateway.internal.wire.ApiError;
import dev.sampan.gateway.internal.wire.Asked;
import dev.sampan.gateway.internal.wire.BadBody;
import dev.sampan.gateway.internal.wire.StrictJson;
import dev.sampan.kernel.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// The body of `POST /v1/predict/{model}`: `{"inputs":[{"text":"…"}, "…"], "explain":false}`. A plain text
/// stands for `{"text": …}`; numbers and booleans are taken as their text, null as a missing value, and a list
/// of them as its JSON. Fields we do not know are ignored.
///
/// Read once, from the bytes, with limits on depth and on the length of numbers; anything wrong is a
/// [BadBody] that names the place and never repeats the content.
record PredictRequest(List<Map<String, String>> inputs) implements Asked {
    static final int INPUTS_MAX = 256;

    @Override
    public Quantities most() {
        return Quantities.units(inputs.size());
    }

    static PredictRequest read(byte[] body) throws BadBody {
        try (JsonParser json = StrictJson.tokens(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw bad("The request body must be a JSON object.", null);
            }
            PredictRequest request = fields(json);
            if (json.nextToken() != null) {
                throw bad("The request body goes on after its JSON object.", null);
            }
            return request;
        } catch (JacksonException e) {
            throw new BadBody(
                    ApiError.badBody("We could not parse the JSON body of your request" + StrictJson.place(e) + "."));
        }
    }

    private static PredictRequest fields(JsonParser json) throws BadBody {
        List<Map<String, String>> inputs = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String field = json.currentName();
            JsonToken value = json.nextToken();
            switch (field) {
                case "inputs" -> {
                    if (inputs != null) {
                        throw bad("'inputs' is given twice.", "inputs");
                    }
                    inputs = inputs(json, value);
                }
                case "explain" -> requireNoExplanation(value);
                default -> json.skipChildren();
            }
        }
        if (inputs == null || inputs.isEmpty()) {
            throw bad("'inputs' must be a list with at least one input.", "inputs");
        }
        return new PredictRequest(inputs);
    }

    private static void requireNoExplanation(JsonToken value) throws BadBody {
        if (value == JsonToken.VALUE_TRUE) {
            throw new BadBody(ApiError.badRequest(
                    "Explanations are not in this version of the API: leave 'explain' out or set it to false.",
                    "explain",
                    "unsupported_parameter"));
        }
        if (value != JsonToken.VALUE_FALSE && value != JsonToken.VALUE_NULL) {
            throw bad("'explain' must be true or false.", "explain");
        }
    }

    private static List<Map<String, String>> inputs(JsonParser json, JsonToken value) throws BadBody {
        if (value != JsonToken.START_ARRAY) {
            throw bad("'inputs' must be a list of texts or objects.", "inputs");
        }
        List<Map<String, String>> inputs = new ArrayList<>();
        for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
            if (inputs.size() == INPUTS_MAX) {
                throw bad("'inputs' has more than " + INPUTS_MAX + " inputs. Send them in several calls.", "inputs");
            }
            String where = "inputs[" + inputs.size() + "]";
            inputs.add(next == JsonToken.START_OBJECT ? columns(json, where) : Map.of("text", text(json, next, where)));
        }
        return inputs;
    }

    private static Map<String, String> columns(JsonParser json, String where) throws BadBody {
        Map<String, String> columns = new LinkedHashMap<>();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String column = json.currentName();
            columns.put(column, value(json, json.nextToken(), where + "." + column));
        }
        return columns;
    }

    private static String value(JsonParser json, JsonToken token, String where) throws BadBody {
        return switch (token) {
            case VALUE_NULL -> "";
            case START_ARRAY -> list(json, where);
            default -> text(json, token, where);
        };
    }

    private static String list(JsonParser json, String where) throws BadBody {
        List<Object> values = new ArrayList<>();
        for (JsonToken next = json.nextToken(); next != JsonToken.END_ARRAY; next = json.nextToken()) {
            values.add(next.isNumeric() ? json.getDecimalValue() : text(json, next, where));
        }
        return Json.write(values);
    }

    private static String text(JsonParser json, JsonToken value, String where) throws BadBody {
        if (!value.isScalarValue() || value == JsonToken.VALUE_NULL) {
            throw bad("'" + where + "' must be a text, a number, true or false, null, or a list of them.", where);
        }
        return json.getString();
    }

    private static BadBody bad(String message, @org.jspecify.annotations.Nullable String param) {
        return new BadBody(ApiError.badRequest(message, param, null));
    }
}
