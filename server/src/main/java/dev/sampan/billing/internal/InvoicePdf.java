package dev.sampan.billing.internal;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import dev.sampan.billing.Invoice;
import dev.sampan.billing.InvoiceItem;
import dev.sampan.kernel.Money;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.Locale;
import java.util.Objects;
import java.util.ResourceBundle;
import java.util.function.Supplier;
import org.springframework.web.util.HtmlUtils;

/// The invoice on paper: one page of HTML with its own fonts, of which only the letters used are embedded.
final class InvoicePdf {
    private static final String FONTS = "/fonts/ttf/NotoSansSC/NotoSansSC-";
    private static final String FAMILY = "Noto Sans SC";

    private final Supplier<String> seller;
    private final ZoneId zone;

    /// @param zone in which periods are written
    InvoicePdf(Supplier<String> seller, ZoneId zone) {
        this.seller = seller;
        this.zone = zone;
        XRLog.setLoggingEnabled(false);
    }

    byte[] render(Invoice invoice, Locale language) {
        ByteArrayOutputStream pdf = new ByteArrayOutputStream();
        PdfRendererBuilder builder = new PdfRendererBuilder();
        font(builder, "Regular", 400);
        font(builder, "Bold", 700);
        builder.withHtmlContent(html(invoice, language), "");
        builder.toStream(pdf);
        try {
            builder.run();
        } catch (IOException e) {
            throw new UncheckedIOException("the invoice " + invoice.number() + " could not be drawn", e);
        }
        return pdf.toByteArray();
    }

    private static void font(PdfRendererBuilder builder, String cut, int weight) {
        builder.useFont(() -> open(FONTS + cut + ".ttf"), FAMILY, weight, BaseRendererBuilder.FontStyle.NORMAL, true);
    }

    String html(Invoice invoice, Locale language) {
        boolean chinese = language.getLanguage().equals("zh");
        Locale of = chinese ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
        ResourceBundle words = ResourceBundle.getBundle(
                "dev.sampan.billing.invoice",
                of,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        StringBuilder lines = new StringBuilder();
        invoice.lines().forEach(line -> lines.append(line(line, words, of)));
        invoice.items().forEach(item -> lines.append(item(item, words, of)));
        String page = template();
        for (String key : words.keySet()) {
            page = page.replace("{{" + key + "}}", text(words.getString(key)));
        }
        return fill(page, invoice, of).replace("{lines}", lines);
    }

    private String fill(String page, Invoice invoice, Locale of) {
        return page.replace("{language}", of.toLanguageTag())
                .replace("{number}", text(invoice.number()))
                .replace("{seller}", text(seller.get()))
                .replace("{customer}", text(invoice.customerName()))
                .replace("{customer_id}", invoice.tenant().toString())
                .replace("{from}", time(invoice.from()))
                .replace("{to}", time(invoice.to()))
                .replace("{zone}", text(zone.getId()))
                .replace("{issued}", time(invoice.issuedAt()))
                .replace("{currency}", invoice.currency())
                .replace("{total}", amount(invoice.total(), invoice, of))
                .replace("{paid}", amount(invoice.paidByCredit(), invoice, of))
                .replace("{due}", amount(invoice.due(), invoice, of));
    }

    private static String line(Invoice.Line line, ResourceBundle words, Locale of) {
        Money price = line.unitPrice().times(line.meter().priced());
        return """
                <tr><td>%s<div class="small">%s</div></td><td class="n">%s</td><td class="n">%s</td>
                <td class="n">%s</td><td class="n">%s</td></tr>
                """.formatted(
                        text(line.product()),
                        text(line.model() + " · "
                                + words.getString("meter." + line.meter().code())),
                        NumberFormat.getIntegerInstance(of).format(line.units()),
                        price.amount().stripTrailingZeros().toPlainString()
                                + (line.meter().tokens() ? " " + words.getString("per_million") : ""),
                        line.exact().amount().stripTrailingZeros().toPlainString(),
                        line.amount().toPlainString());
    }

    /// Of a tax that the prices hold its amount is told where others have their price.
    private static String item(InvoiceItem item, ResourceBundle words, Locale of) {
        String days = item.from() == null ? "" : " · " + item.from() + " – " + item.to();
        return """
                <tr><td>%s<div class="small">%s</div></td><td class="n">%s</td><td class="n">%s</td>
                <td class="n"></td><td class="n">%s</td></tr>
                """.formatted(
                        text(words.getString("kind." + item.kind().name().toLowerCase(Locale.ROOT))),
                        text(item.subject() + days),
                        NumberFormat.getIntegerInstance(of).format(item.quantity()),
                        item.unit().stripTrailingZeros().toPlainString(),
                        item.amount().toPlainString());
    }

    private static String amount(BigDecimal amount, Invoice invoice, Locale of) {
        NumberFormat format = NumberFormat.getCurrencyInstance(of);
        format.setCurrency(Currency.getInstance(invoice.currency()));
        format.setMinimumFractionDigits(amount.scale());
        format.setMaximumFractionDigits(amount.scale());
        return text(format.format(amount));
    }

    private String time(Instant at) {
        return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT)
                .withZone(zone)
                .format(at);
    }

    /// What people have named is text, never markup and never a place to fill in.
    private static String text(String raw) {
        return HtmlUtils.htmlEscape(raw, "UTF-8").replace("{", "&#123;");
    }

    private static String template() {
        try (InputStream in = open("/dev/sampan/billing/invoice.html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the invoice's page cannot be read", e);
        }
    }

    private static InputStream open(String resource) {
        return Objects.requireNonNull(InvoicePdf.class.getResourceAsStream(resource), "not on the class path");
    }
}
