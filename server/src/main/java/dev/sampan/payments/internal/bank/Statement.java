package dev.sampan.payments.internal.bank;

import dev.sampan.kernel.Money;
import dev.sampan.kernel.Problem;
import dev.sampan.kernel.ProblemException;
import dev.sampan.kernel.Sha256;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A bank's statement as CSV (RFC 4180), in UTF-8 or GBK, with a line of headings. Which column is the amount and
/// which numbers the entry is told by its heading; the reference is looked for in all of them, since each bank
/// puts what the payer wrote elsewhere.
public final class Statement {
    private static final Set<String> AMOUNTS =
            Set.of("amount", "credit", "credit amount", "金额", "收入", "收入金额", "贷方发生额", "贷方金额", "交易金额", "存入金额");
    private static final Set<String> NUMBERS =
            Set.of("id", "entry", "transaction id", "entry number", "流水号", "交易流水号", "凭证号", "核心流水号");
    private static final int LINES_MAX = 20_000;

    private Statement() {}

    /// @param number the bank's; where it gives none, a digest of the line, with a count where lines are equal
    /// @param line as people read it
    public record Entry(String number, Money amount, String line) {}

    /// Entries that add money; others are left out.
    ///
    /// @throws ProblemException `payments.bad_statement`
    public static List<Entry> read(byte[] csv, Currency currency) {
        List<List<String>> rows = rows(text(csv));
        if (rows.size() < 2 || rows.size() > LINES_MAX) {
            throw bad("It has " + rows.size() + " lines, not 2 to " + LINES_MAX);
        }
        List<String> headings = rows.getFirst().stream()
                .map(heading -> heading.strip().replaceAll("[（(].*", "").toLowerCase(Locale.ROOT))
                .toList();
        int amountAt = column(headings, AMOUNTS);
        int numberAt = column(headings, NUMBERS);
        if (amountAt < 0) {
            throw bad("None of its columns is an amount: " + String.join(", ", headings));
        }
        Map<String, Integer> seen = new HashMap<>();
        List<Entry> entries = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            Money amount = amountAt < row.size() ? amount(row.get(amountAt), currency) : Money.zero(currency);
            if (amount.nanos() > 0) {
                String line = String.join(" ", row).strip();
                String number = numberAt >= 0 && numberAt < row.size()
                        ? row.get(numberAt).strip()
                        : "";
                if (number.isEmpty()) {
                    int count = seen.merge(line, 1, Integer::sum);
                    number = Sha256.of(line).hex().substring(0, 32) + "-" + count;
                }
                entries.add(new Entry(number, amount, line));
            }
        }
        return entries;
    }

    private static int column(List<String> headings, Set<String> names) {
        for (int i = 0; i < headings.size(); i++) {
            if (names.contains(headings.get(i))) {
                return i;
            }
        }
        return -1;
    }

    private static Money amount(String cell, Currency currency) {
        String number = cell.strip().replace(",", "").replace("+", "").replace("¥", "");
        try {
            return number.isEmpty() ? Money.zero(currency) : Money.of(new BigDecimal(number), currency);
        } catch (NumberFormatException | ArithmeticException _) {
            throw bad("'" + cell + "' is no amount");
        }
    }

    private static String text(byte[] csv) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(csv))
                    .toString()
                    .replace("\uFEFF", "");
        } catch (CharacterCodingException _) {
            return new String(csv, Charset.forName("GBK"));
        }
    }

    private static List<List<String>> rows(String text) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (quoted) {
                boolean doubled = letter == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
                if (letter != '"' || doubled) {
                    cell.append(letter);
                    i += doubled ? 1 : 0;
                } else {
                    quoted = false;
                }
            } else if (letter == '"') {
                quoted = true;
            } else if (letter == ',' || letter == '\n') {
                row.add(cell.toString().replace("\r", ""));
                cell.setLength(0);
                if (letter == '\n') {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            } else {
                cell.append(letter);
            }
        }
        row.add(cell.toString().replace("\r", ""));
        rows.add(row);
        return rows.stream()
                .filter(one -> one.stream().anyMatch(word -> !word.isBlank()))
                .toList();
    }

    private static ProblemException bad(String why) {
        return new ProblemException(Problem.of("payments.bad_statement", "This statement cannot be read. " + why)
                .remedy("Give CSV with a line of headings, one of them 'amount' (金额, 收入, 贷方发生额)"));
    }
}
