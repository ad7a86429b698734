package dev.sampan.studio.tracking.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampan.kernel.ProblemException;
import dev.sampan.studio.tracking.query.Field.Entity;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// MLflow's filter language, as its documentation writes it.
class FilterTests {
    private static Comparison only(String filter) {
        List<Comparison> all = Filter.parse(filter);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    @Test
    void readsTheExampleOfTheDocumentation() {
        assertThat(Filter.parse(
                        "metrics.x > 0.5 and params.y = 'a' AND attributes.status = 'FINISHED' and tags.`z` LIKE '%'"))
                .containsExactly(
                        new Comparison(new Field(Entity.METRIC, "x"), Operator.GREATER, List.of(0.5)),
                        new Comparison(new Field(Entity.PARAM, "y"), Operator.EQUAL, List.of("a")),
                        new Comparison(new Field(Entity.ATTRIBUTE, "status"), Operator.EQUAL, List.of("FINISHED")),
                        new Comparison(new Field(Entity.TAG, "z"), Operator.LIKE, List.of("%")));
    }

    @Test
    void anEmptyFilterIsEverything() {
        assertThat(Filter.parse("  ")).isEmpty();
    }

    @Test
    void keysMayBeBareWithDotsAndSlashesOrQuoted() {
        assertThat(only("tags.mlflow.parentRunId = 'r'").field().key()).isEqualTo("mlflow.parentRunId");
        assertThat(only("metrics.val/loss<1").field().key()).isEqualTo("val/loss");
        assertThat(only("metrics.\"a key\" >= -1e-3").field().key()).isEqualTo("a key");
        assertThat(only("params.`it``s` = 'x'").field().key()).isEqualTo("it`s");
    }

    @Test
    void aFieldWithoutEntityIsAnAttribute() {
        assertThat(only("start_time > 1700000000000"))
                .isEqualTo(new Comparison(
                        new Field(Entity.ATTRIBUTE, "start_time"), Operator.GREATER, List.of(1_700_000_000_000L)));
    }

    @Test
    void aDoubledQuoteIsTheQuote() {
        assertThat(only("params.a = 'it''s'").values()).containsExactly("it's");
    }

    @Test
    void readsListsAndNulls() {
        assertThat(only("attributes.run_id IN ('a', 'b')").values()).containsExactly("a", "b");
        assertThat(only("tags.a NOT IN ('a')").operator()).isEqualTo(Operator.NOT_IN);
        assertThat(only("tags.a IS NULL").operator()).isEqualTo(Operator.IS_NULL);
        assertThat(only("tags.a is not null").operator()).isEqualTo(Operator.IS_NOT_NULL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "metrics.x",
                "metrics.`` > 1",
                "metrics.x >",
                "> 3",
                "a = 'b' or c = 'd'",
                "a = 'b",
                "a = b",
                "a = 'b' c = 'd'",
                "a IN ()",
                "a IN 'b'",
                "a = 1;2",
                "a = 1.2.3",
                "a is 'b'",
                "and",
                "a = 'b' and",
                "metrics.x = 'a' -- b",
                "''='a'"
            })
    void refusesWhatItDoesNotKnow(String filter) {
        assertThatThrownBy(() -> Filter.parse(filter))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused ->
                                assertThat(refused.problems().getFirst().code()).isEqualTo("tracking.invalid_filter"));
    }

    /// Whatever is sent, it is read or refused; and no letter of it is ever part of the SQL.
    @Property(tries = 500)
    void nothingThatIsSentBecomesSql(
            @ForAll @StringLength(min = 1, max = 30) @CharRange(from = ' ', to = '~') String key,
            @ForAll @StringLength(max = 30) @CharRange(from = ' ', to = '~') String value) {
        String filter = "tags.`" + key.replace("`", "``") + "` = '" + value.replace("'", "''") + "'";
        Clause clause = Clause.where(
                Filter.parse(filter), field -> Expression.keyed("(SELECT ?)", field.key(), Expression.Kind.TEXT));
        assertThat(clause.text()).isEqualTo(" AND (SELECT ?) = ?");
        assertThat(clause.bound()).containsExactly(key, value);
    }

    @Property(tries = 500)
    void anyTextIsReadOrRefused(@ForAll @StringLength(max = 40) String filter) {
        try {
            Filter.parse(filter);
        } catch (ProblemException refused) {
            assertThat(refused.problems()).isNotEmpty();
        }
    }

    @Test
    void readsOrders() {
        assertThat(Order.parse(List.of("metrics.`val loss` DESC", "start_time", "params.a asc")))
                .containsExactly(
                        new Order(new Field(Entity.METRIC, "val loss"), true),
                        new Order(new Field(Entity.ATTRIBUTE, "start_time"), false),
                        new Order(new Field(Entity.PARAM, "a"), false));
        assertThatThrownBy(() -> Order.parse(List.of("a sideways"))).isInstanceOf(ProblemException.class);
    }
}
