package dev.sampan.data.internal.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvParseException;
import dev.sampan.kernel.ProblemException;
import java.io.IOException;
import java.io.Reader;
import org.junit.jupiter.api.Test;

/// A row of two gigabytes that no memory holds: made as it is read, so that what is taken of it can be counted.
class EndlessRowTests {
    private static final long LENGTH = 2L << 30;

    private static final class Endless extends Reader {
        private final String head;
        private long given;

        Endless(String head) {
            this.head = head;
        }

        @Override
        public int read(char[] buffer, int offset, int length) {
            if (given >= LENGTH) {
                return -1;
            }
            for (int i = 0; i < length; i++, given++) {
                buffer[offset + i] = given < head.length() ? head.charAt((int) given) : 'x';
            }
            return length;
        }

        @Override
        public void close() {}
    }

    @Test
    void aLineOfJsonThatDoesNotEndIsRefusedLongBeforeItsEnd() {
        Endless reader = new Endless("{\"text\": \"");
        try (Lines lines = new Lines(reader, "rows.jsonl")) {
            assertThatThrownBy(lines::next)
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("longer than 16777216 characters");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(reader.given).isLessThan(LENGTH / 100);
    }

    @Test
    void aFieldOfCsvThatDoesNotEndIsRefusedLongBeforeItsEnd() {
        for (String head : new String[] {"text,label\n", "text,label\n\"", "text,label\n,,,"}) {
            Endless reader = new Endless(head);
            var rows = CsvRows.parser(reader, ',').iterator();
            assertThat(rows.next().getField(0)).isEqualTo("text");
            assertThatThrownBy(rows::next).isInstanceOf(CsvParseException.class);
            assertThat(reader.given).as(head).isLessThan(LENGTH / 100);
        }
    }
}
