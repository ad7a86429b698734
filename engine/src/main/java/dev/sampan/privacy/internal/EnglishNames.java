package dev.sampan.privacy.internal;

import dev.sampan.privacy.PersonalData;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Names in Latin letters: a common first name with capitalised words behind it, a title before one, a phrase that
/// introduces somebody, and Chinese names in pinyin, surname first. A list of first names is short and the world's
/// names are many, so a name outside it is found only where the words around tell.
final class EnglishNames {
    private static final Set<String> FIRST =
            words("james john robert michael william david richard joseph thomas charles christopher daniel"
                    + " matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george edward"
                    + " ronald timothy jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin"
                    + " scott brandon benjamin samuel gregory frank alexander raymond patrick jack dennis jerry"
                    + " tyler aaron jose adam henry nathan douglas zachary peter kyle walter ethan jeremy harold"
                    + " keith christian roger noah gerald carl terry sean austin arthur lawrence jesse dylan"
                    + " bryan joe jordan billy bruce albert willie gabriel logan alan juan wayne roy ralph randy"
                    + " eugene vincent russell elijah louis bobby philip johnny oliver liam lucas mason simon"
                    + " martin ian neil luke max leo hugo oscar felix carlos luis ahmed mohammed muhammad ali"
                    + " omar ravi raj amit sanjay arjun hiroshi kenji takashi ivan dmitri sergei pierre jean"
                    + " mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy"
                    + " betty sandra margaret ashley kimberly emily donna michelle carol amanda melissa deborah"
                    + " stephanie rebecca sharon laura cynthia dorothy amy kathleen angela shirley emma brenda"
                    + " pamela nicole anna samantha katherine christine helen debra rachel carolyn janet maria"
                    + " catherine heather diane olivia julie joyce victoria kelly christina lauren joan evelyn"
                    + " judith megan andrea cheryl hannah jacqueline martha madison teresa gloria janice ann"
                    + " kathryn abigail sophia frances jean alice judy isabella julia grace amber denise"
                    + " danielle marilyn beverly charlotte natalie theresa diana brittany doris kayla alexis"
                    + " lori marie claire lucy sophie chloe mia ella zoe fatima aisha priya anita sunita yuki"
                    + " sakura olga natasha elena sofia tom tim jim bob bill mike dave steve chris matt dan ben"
                    + " sam nick tony kate jane sue jean-luc siobhan lars giulia marco luca giovanni francesco"
                    + " mateus joao miguel diego pablo javier elif mehmet mustafa kwame ngozi chinedu abdul"
                    + " hassan hussein ibrahim khalid omar layla noor zainab deepak rahul vijay neha pooja"
                    + " haruto sakura minh nguyen ana beatriz camila lucia paula stefan hans klaus jurgen"
                    + " wolfgang ingrid astrid bjorn sven erik magnus niklas anders piotr krzysztof agnieszka"
                    + " katarzyna andrei mihai elena irina svetlana vladimir boris");
    private static final Set<String> SURNAMES =
            words("wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo lin gao luo zheng"
                    + " liang xie song tang deng han feng cao peng zeng xiao tian dong pan yuan cai jiang yu du"
                    + " ye cheng wei su lu ding ren yao shen zhong cui tan fan liao shi jin jia xia fu fang zou"
                    + " xiong bai meng qin qiu hou yin xue yan lei duan hao shao qian dai mo kong ouyang");
    private static final Set<String> INITIALS = words("b p m f d t n l g k h j q x zh ch sh r z c s y w");
    private static final Set<String> FINALS =
            words("a o e i u v ai ei ao ou an en ang eng ong ia ie iao iu ian in iang ing iong ua uo uai ui"
                    + " uan un uang ue ve er");
    private static final Set<String> TITLES = words("mr mrs ms miss dr prof professor sir madam");
    private static final Set<String> SUFFIXES =
            words("street road avenue lane drive court university college school hospital bank hotel park"
                    + " bridge river city county island inc ltd llc corp company january february march april"
                    + " may june july august september october november december monday tuesday wednesday"
                    + " thursday friday saturday sunday");
    /// Behind these a name stands, even one word of an unknown one.
    private static final List<String> SURE = List.of("my name is ", "name: ", "name is ", "contact: ", "customer: ");
    /// Behind these two capitalised words are a name.
    private static final List<String> LIKELY = List.of(
            "i am ",
            "i'm ",
            "this is ",
            "regards,\n",
            "regards, ",
            "sincerely, ",
            "sincerely,\n",
            "dear ",
            "to ",
            "says ",
            "by ");
    private static final int WORD_MAX = 20;

    private EnglishNames() {}

    private static Set<String> words(String all) {
        return Arrays.stream(all.split(" ")).collect(Collectors.toUnmodifiableSet());
    }

    static void scan(Scan scan) {
        int i = 0;
        while (i < scan.length()) {
            if (!scan.letter(i) || scan.word(i - 1)) {
                i++;
                continue;
            }
            int end = end(scan, i);
            int name = capital(scan, i) ? name(scan, i, end) : 0;
            i = name > 0 ? name : end;
        }
    }

    /// @return behind the name, or 0
    private static int name(Scan scan, int start, int end) {
        String word = scan.folded(start, end).toLowerCase(Locale.ROOT);
        if (TITLES.contains(word)) {
            int from = end + (scan.at(end) == '.' ? 1 : 0) + 1;
            int to = scan.at(from - 1) == ' ' ? chain(scan, from - 1) : 0;
            return to > from ? claim(scan, from, to) : 0;
        }
        int chain = chain(scan, end);
        boolean followed = chain > end;
        if (behind(scan, start, SURE) || followed && behind(scan, start, LIKELY)) {
            return claim(scan, start, chain);
        }
        if (followed && FIRST.contains(word)) {
            return claim(scan, start, chain);
        }
        return SURNAMES.contains(word) ? pinyin(scan, start, end) : 0;
    }

    private static int claim(Scan scan, int start, int end) {
        return scan.claim(PersonalData.PERSON_NAME, start, end) ? end : 0;
    }

    /// Up to two more capitalised words, an initial before the last of them perhaps.
    ///
    /// @return behind them, or `from` when there are none
    private static int chain(Scan scan, int from) {
        int behind = from;
        for (int words = 0; words < 2 && scan.at(behind) == ' '; words++) {
            int start = behind + 1;
            if (scan.letter(start) && scan.at(start + 1) == '.' && scan.at(start + 2) == ' ') {
                start += 3;
            }
            int end = end(scan, start);
            boolean name = end - start >= 2 && capital(scan, start);
            if (!name || SUFFIXES.contains(scan.folded(start, end).toLowerCase(Locale.ROOT))) {
                return behind;
            }
            behind = end;
        }
        return behind;
    }

    private static int pinyin(Scan scan, int start, int end) {
        int given = end + 1;
        int behind = end(scan, given);
        if (scan.at(end) != ' ' || behind == given || !capital(scan, given)) {
            return 0;
        }
        String word = scan.folded(given, behind)
                .toLowerCase(Locale.ROOT)
                .replace("-", "")
                .replace("'", "");
        return syllables(word, 2) ? claim(scan, start, behind) : 0;
    }

    /// Whether the letters are at most so many syllables of pinyin.
    private static boolean syllables(String letters, int most) {
        if (letters.isEmpty() || most == 0) {
            return letters.isEmpty();
        }
        for (int initial = 0; initial <= 2 && initial < letters.length(); initial++) {
            if (initial > 0 && !INITIALS.contains(letters.substring(0, initial))) {
                continue;
            }
            for (int end = initial + 1; end <= Math.min(letters.length(), initial + 4); end++) {
                if (FINALS.contains(letters.substring(initial, end)) && syllables(letters.substring(end), most - 1)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean behind(Scan scan, int start, List<String> phrases) {
        return phrases.stream().anyMatch(phrase -> scan.starts(start - phrase.length(), phrase));
    }

    private static boolean capital(Scan scan, int i) {
        return scan.at(i) >= 'A' && scan.at(i) <= 'Z';
    }

    /// Behind the word that begins there; an apostrophe or a hyphen between letters belongs to it.
    private static int end(Scan scan, int start) {
        int end = start;
        while (end - start < WORD_MAX && letterOrJoint(scan, end)) {
            end++;
        }
        return end;
    }

    private static boolean letterOrJoint(Scan scan, int i) {
        char c = scan.at(i);
        return scan.letter(i) || c >= 'À' && c <= 'ž' || (c == '\'' || c == '-') && scan.letter(i + 1);
    }
}
