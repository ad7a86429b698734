package dev.sampan.studio.tracking.query;

import dev.sampan.studio.tracking.query.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/// One key of an order: `metrics.f1 DESC`.
public record Order(Field field, boolean descending) {
    /// @throws dev.sampan.kernel.ProblemException `tracking.invalid_filter`
    public static List<Order> parse(List<String> texts) {
        List<Order> orders = new ArrayList<>();
        for (String text : texts) {
            Tokens tokens = new Tokens(text);
            Field field = Filter.field(tokens);
            boolean descending = tokens.takeWordIf("desc");
            if (!descending) {
                tokens.takeWordIf("asc");
            }
            if (tokens.peek().kind() != Kind.END) {
                throw tokens.unexpected("ASC or DESC");
            }
            orders.add(new Order(field, descending));
        }
        return orders;
    }
}
