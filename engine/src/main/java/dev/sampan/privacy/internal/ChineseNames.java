package dev.sampan.privacy.internal;

import com.hankcs.hanlp.HanLP;
import com.hankcs.hanlp.seg.Segment;
import com.hankcs.hanlp.seg.common.Term;
import dev.sampan.privacy.PersonalData;
import java.util.List;
import java.util.Set;

/// Chinese names of persons: what HanLP's role tagging takes for one (Zhang and Liu, "Chinese named entity
/// recognition using role model", 2002) and begins with a surname; and a surname with one or two characters where
/// the words around say that a name stands there.
final class ChineseNames {
    private static final String SURNAMES =
            "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵"
                    + "万覃武钱戴严莫孔向常汤康易乔赖文樊兰殷施洪翟安颜倪牛温芦季俞章鲁葛伍申尤毕聂柴焦柳邢岳齐梅庄辛管祝左涂谷祁舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位霍翁隋植甘景薄单包"
                    + "司柏宁柯阮桂闵解强丛华车冉房边辜吉饶刁瞿戚丘古米池滕佟言蓝麦窦晏褚卓蒲敖冼阎晁厉沙阙茅宗岑骆蔺楼狄慕应谈缪";
    /// Characters that given names are made of. Behind a surname that stands as a word of its own they make a name.
    private static final String GIVEN =
            "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂建国志雨桐子涵欣怡浩然宇轩诗琪梓萱思远晓东海燕文博佳慧天佑可俊华栋若曦鸣晨立新春梅德胜玉玲红琳琴云莲真环雪荣爱妹香月莺媛瑞凡嘉琼"
                    + "勤珍贞莉娣叶璧璐娅琦晶妍茜秋珊莎锦黛青倩婷姣婉娴瑾颖露瑶婵雁蓓纨仪荷丹蓉眉君蕊薇菁梦岚苑婕馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰爽琬茗羽希宁飘育滢馥筠柔竹霭凝欢霄枫芸菲寒伊亚宜姬舒影"
                    + "荔枝枢毅峰保兴良山仁波贵福生龙元全学祥才发武利清飞彬富顺信昌成康星光达安岩中茂进林有坚和彪诚先敬震振壮会群豪心邦承乐绍功松善厚庆民友裕河哲江亮政谦亨奇固之轮翰朗伯宏言朋斌梁维启"
                    + "克伦翔旭鹏泽辰士以家致树炎行时泰盛雄琛钧冠策腾榕风航弘义兆斯皓昊睿辉阳帆凯恒坤渊骏洲耀";
    private static final Set<String> DOUBLE =
            Set.of("欧阳", "司马", "上官", "诸葛", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "东方", "独孤", "南宫", "宇文");
    private static final Set<String> TITLES =
            Set.of("先生", "女士", "小姐", "太太", "老师", "医生", "大夫", "经理", "主任", "师傅", "同学", "教授", "律师", "阿姨", "叔叔");
    private static final List<String> CUES = List.of(
            "姓名", "联系人", "收件人", "收货人", "寄件人", "经办人", "投诉人", "申请人", "负责人", "患者", "客户", "户名", "持卡人", "法人", "本人", "我叫",
            "名叫", "我是");
    private static final String NOT_NAMES = "路街镇村区市县省总号单";
    private static final int PIECE = 300;

    private ChineseNames() {}

    /// Loaded at the first Chinese text: about 60 MB of dictionaries.
    private static final class Loaded {
        static final Segment SEGMENT = HanLP.newSegment()
                .enableNameRecognize(true)
                .enableTranslatedNameRecognize(true)
                .enableOffset(true);
    }

    static void scan(Scan scan) {
        int from = 0;
        while (from < scan.length()) {
            int to = from;
            boolean chinese = false;
            while (to < scan.length() && to - from < PIECE && !ends(scan.at(to))) {
                chinese |= scan.han(to);
                to++;
            }
            if (chinese) {
                cues(scan, from, to);
                words(scan, from, to);
            }
            from = to + (to < scan.length() && ends(scan.at(to)) ? 1 : 0);
        }
    }

    private static boolean ends(char c) {
        return c == '\n' || c == '。' || c == '!' || c == '?' || c == ';';
    }

    /// `联系人：高峰`: what stands behind the colon up to the next sign, if it begins with a surname.
    private static void cues(Scan scan, int from, int to) {
        for (int i = from; i < to; i++) {
            for (String cue : CUES) {
                if (scan.starts(i, cue)) {
                    behind(scan, i + cue.length());
                    break;
                }
            }
        }
    }

    private static void behind(Scan scan, int at) {
        int start = at;
        start += scan.at(start) == '是' || scan.at(start) == '为' ? 1 : 0;
        start += scan.at(start) == ':' ? 1 : 0;
        start += scan.at(start) == ' ' ? 1 : 0;
        int end = start;
        while (scan.han(end) && end - start < 5) {
            end++;
        }
        if (named(scan, start, end)) {
            scan.claim(PersonalData.PERSON_NAME, start, end);
        }
    }

    private static void words(Scan scan, int from, int to) {
        List<Term> terms = Loaded.SEGMENT.seg(scan.folded(from, to));
        for (int i = 0; i < terms.size(); i++) {
            Term term = terms.get(i);
            int start = from + term.offset;
            int end = start + term.word.length();
            boolean titled = i + 1 < terms.size() && TITLES.contains(terms.get(i + 1).word);
            String kind = String.valueOf(term.nature);
            int dotted = kind.startsWith("nr") ? dotted(terms, i) : 0;
            if (dotted > 0) {
                scan.claim(PersonalData.PERSON_NAME, start, end + dotted);
            } else if (surname(scan, start) == end - start) {
                int given = given(terms, i + 1);
                if (given > 0 || titled) {
                    scan.claim(PersonalData.PERSON_NAME, start, end + given);
                }
            } else if (kind.startsWith("nr") && named(scan, start, end)) {
                int title = TITLES.contains(term.word.substring(surname(scan, start))) ? 2 : 0; // 王先生 as one word
                scan.claim(PersonalData.PERSON_NAME, start, end - title + (title > 0 ? 0 : cutShort(terms, i)));
            }
        }
    }

    /// What hangs on a foreign name by dots, 乔纳森·奈特. Without a dot such words are clubs and places as often as
    /// persons, and are left alone.
    private static int dotted(List<Term> terms, int at) {
        int length = 0;
        for (int i = at + 1; i + 1 < terms.size() && terms.get(i).word.equals("·"); i += 2) {
            length += 1 + terms.get(i + 1).word.length();
        }
        return length;
    }

    /// Characters of a given name that stand behind a surname, in one word or two; 0 when what stands there is none.
    private static int given(List<Term> terms, int at) {
        int length = 0;
        for (int i = at; i < terms.size() && length < 2; i++) {
            String word = terms.get(i).word;
            boolean fits = length + word.length() <= 2 && word.chars().allMatch(c -> GIVEN.indexOf(c) >= 0);
            if (!fits) {
                break;
            }
            length += word.length();
        }
        return length;
    }

    /// 1 where the last character of a name was taken for a word: 欧阳秀 兰.
    private static int cutShort(List<Term> terms, int i) {
        String name = terms.get(i).word;
        int whole = DOUBLE.contains(name.substring(0, 2)) ? 4 : 3;
        boolean followed = i + 1 < terms.size() && terms.get(i + 1).word.length() == 1;
        return followed
                        && name.length() < whole
                        && GIVEN.indexOf(terms.get(i + 1).word.charAt(0)) >= 0
                ? 1
                : 0;
    }

    /// A surname and one or two characters, none of which makes a place of it.
    private static boolean named(Scan scan, int start, int end) {
        int surname = surname(scan, start);
        int given = end - start - surname;
        return surname > 0 && given >= 1 && given <= 2 && NOT_NAMES.indexOf(scan.at(end - 1)) < 0;
    }

    /// Its length, or 0.
    private static int surname(Scan scan, int at) {
        if (at + 2 <= scan.length() && DOUBLE.contains(scan.folded(at, at + 2))) {
            return 2;
        }
        return at < scan.length() && SURNAMES.indexOf(scan.at(at)) >= 0 ? 1 : 0;
    }
}
