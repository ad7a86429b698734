package dev.sampan.billing.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sampan.billing.Invoice;
import dev.sampan.gateway.Meter;
import dev.sampan.kernel.Money;
import dev.sampan.kernel.TenantId;
import dev.sampan.kernel.Ulid;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

class InvoicePdfTests {
    private final InvoicePdf pdf = new InvoicePdf(() -> "舢板智能科技", ZoneId.of("Asia/Shanghai"));

    @Test
    void isReadableInChineseAndEnglishWithItsOwnFonts() throws IOException {
        for (Locale language : List.of(Locale.SIMPLIFIED_CHINESE, Locale.ENGLISH)) {
            byte[] bytes = pdf.render(anInvoice("海港小店 <Söhne> & {total}"), language);
            assertThat(bytes.length).as("a subset of the font is embedded").isLessThan(200_000);
            try (PDDocument document = Loader.loadPDF(bytes)) {
                // The font draws a radical and its ideograph with one glyph, so the text may come back as either.
                String text = Normalizer.normalize(new PDFTextStripper().getText(document), Normalizer.Form.NFKC);
                assertThat(text)
                        .contains("S-2026-000001", "海港小店 <Söhne> & {total}", "客服意图识别", "12,345", "0.002")
                        .contains("24.69", "2026-03-01 08:00", "Asia/Shanghai")
                        .contains(language.getLanguage().equals("zh") ? "已由余额支付" : "Paid by credit");
                draw(document, language);
            }
        }
    }

    /// Kept where a person can look at it, when a folder is named.
    private static void draw(PDDocument document, Locale language) throws IOException {
        String folder = System.getProperty("sampan.drawings");
        if (folder != null) {
            Path file = Files.createDirectories(Path.of(folder)).resolve("invoice-" + language + ".png");
            ImageIO.write(new PDFRenderer(document).renderImageWithDPI(0, 90), "png", file.toFile());
        }
    }

    private static Invoice anInvoice(String customer) {
        Instant from = Instant.parse("2026-03-01T00:00:00Z");
        Invoice.Line first = line("客服意图识别", 12_345, "0.002", "24.69");
        Invoice.Line second = line("Hotel reviews", 7, "0.003", "0.02");
        return new Invoice(
                "S-2026-000001",
                new TenantId(Ulid.next()),
                customer,
                from,
                from.plusSeconds(86_400),
                from.plusSeconds(86_400),
                List.of(first, second),
                "CNY",
                new BigDecimal("24.71"),
                new BigDecimal("24.71"),
                new BigDecimal("0.00"));
    }

    private static Invoice.Line line(String product, long units, String price, String amount) {
        Money unit = Money.of(price, "CNY");
        return new Invoice.Line(
                product,
                "helpdesk-zh",
                Ulid.next(),
                Meter.UNIT,
                1,
                units,
                unit,
                unit.times(units),
                new BigDecimal(amount));
    }
}
