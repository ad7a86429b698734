package dev.sampan.privacy.internal;

import dev.sampan.privacy.PersonalData;
import java.util.List;
import java.util.Set;

/// Places where somebody lives or works, as exact as a house: a Chinese road or estate with the number behind it,
/// with the regions before and the building, unit and room behind; an English number with the street behind it. A
/// city alone is no address.
final class Addresses {
    private static final List<String> ROADS = List.of(
            "外大街", "大街", "大道", "胡同", "小区", "社区", "花园", "公寓", "大厦", "新村", "家园", "广场", "路", "街", "巷", "弄", "里", "村", "苑",
            "园", "屯", "镇", "乡");
    private static final List<String> UNITS =
            List.of("号楼", "号院", "号", "弄", "弄", "栋", "幢", "座", "单元", "楼", "层", "室", "房", "组", "队", "院", "户", "门");
    private static final List<String> REGIONS = List.of(
            "北京", "天津", "上海", "重庆", "河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北", "湖南",
            "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海", "台湾", "内蒙古", "广西", "西藏", "宁夏", "新疆", "香港", "澳门", "广州", "深圳",
            "杭州", "南京", "苏州", "成都", "武汉", "西安", "长沙", "郑州", "青岛", "宁波", "厦门", "大连", "无锡", "佛山", "东莞", "合肥", "福州", "济南",
            "沈阳", "哈尔滨", "长春", "石家庄", "昆明", "南昌", "南宁", "贵阳", "太原", "兰州", "海口", "珠海", "温州", "常州", "徐州", "烟台", "泉州");
    private static final String LEADS = "在到至往去于址寄送住来从为是给叫和与的";
    private static final int BEFORE_MAX = 40;
    private static final int BEHIND_MAX = 30;
    private static final Set<String> STREETS = Set.of(
            "street",
            "st",
            "avenue",
            "ave",
            "road",
            "rd",
            "boulevard",
            "blvd",
            "lane",
            "ln",
            "drive",
            "dr",
            "court",
            "ct",
            "way",
            "place",
            "pl",
            "terrace",
            "square",
            "sq",
            "parkway",
            "pkwy",
            "highway",
            "hwy",
            "crescent",
            "close");
    private static final Set<String> ROOMS =
            Set.of("apt", "apartment", "suite", "unit", "flat", "floor", "room", "ste");

    private Addresses() {}

    static void scan(Scan scan) {
        int i = 0;
        while (i < scan.length()) {
            int end = 0;
            if (number(scan, i) && !number(scan, i - 1)) {
                end = scan.han(i - 1) ? chinese(scan, i) : english(scan, i);
            }
            i = Math.max(i + 1, end);
        }
    }

    /// A digit, or a Chinese numeral as house numbers are written.
    private static boolean number(Scan scan, int i) {
        return scan.digit(i) || "一二三四五六七八九十百".indexOf(scan.at(i)) >= 0;
    }

    /// @param at of the number behind a Chinese character
    /// @return behind the address, or 0
    private static int chinese(Scan scan, int at) {
        int end = units(scan, at);
        int road = end == 0 ? 0 : road(scan, at);
        if (road == 0) {
            return 0;
        }
        int start = start(scan, at, road);
        return scan.claim(PersonalData.ADDRESS, start, end) ? end : 0;
    }

    /// Number and unit, again and again: 27号院3号楼2单元501室.
    private static int units(Scan scan, int from) {
        int end = 0;
        int i = from;
        while (i - from < BEHIND_MAX) {
            int start = i;
            while (i - start < 6 && (number(scan, i) || scan.letter(i) || scan.at(i) == '-' && scan.digit(i + 1))) {
                i++;
            }
            String unit = first(scan, i, UNITS);
            if (i == start && !(end > 0 && unit.equals("院"))) {
                break;
            }
            if (unit.isEmpty()) {
                // 3-2-501 and 2栋501 need no word behind the last number
                return end > 0 && scan.digit(i - 1) && !scan.word(i) ? i : end;
            }
            i += unit.length();
            end = i;
        }
        return end;
    }

    private static String first(Scan scan, int at, List<String> words) {
        for (String word : words) {
            if (scan.starts(at, word)) {
                return word;
            }
        }
        return "";
    }

    /// @return where the word for the road begins, right before the number, or 0
    private static int road(Scan scan, int at) {
        for (String road : ROADS) {
            int start = at - road.length();
            if (scan.starts(start, road) && scan.han(start - 1)) {
                return start;
            }
        }
        return 0;
    }

    /// At the first region named before the road, else behind the last word that leads to a place, else three
    /// characters before the road.
    private static int start(Scan scan, int at, int road) {
        int from = at;
        while (at - from < BEFORE_MAX && (scan.han(from - 1) || scan.digit(from - 1))) {
            from--;
        }
        for (int i = from; i < road; i++) {
            if (!first(scan, i, REGIONS).isEmpty()) {
                return i;
            }
        }
        for (int i = road - 1; i >= from; i--) {
            if (LEADS.indexOf(scan.at(i)) >= 0 && i + 1 < road) {
                return i + 1;
            }
        }
        return Math.max(from, road - 6);
    }

    /// `1600 Pennsylvania Avenue NW, Apt 4B`: a number, up to four words with capitals, a word for a street.
    private static int english(Scan scan, int at) {
        int i = at;
        while (scan.digit(i)) {
            i++;
        }
        i += scan.letter(i) && !scan.word(i + 1) ? 1 : 0; // 221B
        if (i == at || i - at > 6 || scan.word(at - 1) || scan.word(i)) {
            return 0;
        }
        for (int words = 0; words < 5; words++) {
            if (scan.at(i) != ' ') {
                return 0;
            }
            int start = i + 1;
            int end = start;
            while (scan.word(end) && end - start < 20) {
                end++;
            }
            boolean capital = scan.at(start) >= 'A' && scan.at(start) <= 'Z' || scan.digit(start);
            if (!capital || end == start || scan.word(end)) {
                return 0;
            }
            if (words > 0 && STREETS.contains(scan.folded(start, end).toLowerCase(java.util.Locale.ROOT))) {
                int behind = room(scan, end + (scan.at(end) == '.' ? 1 : 0));
                return scan.claim(PersonalData.ADDRESS, at, behind) ? behind : 0;
            }
            i = end + (scan.at(end) == '.' ? 1 : 0);
        }
        return 0;
    }

    private static int room(Scan scan, int behind) {
        int i = behind;
        i += scan.at(i) == ',' ? 1 : 0;
        i += scan.at(i) == ' ' ? 1 : 0;
        int start = i;
        if (scan.at(i) == '#') {
            i++;
        } else {
            while (scan.letter(i) && i - start < 10) {
                i++;
            }
            if (!ROOMS.contains(scan.folded(start, i).toLowerCase(java.util.Locale.ROOT))) {
                return behind;
            }
            i += scan.at(i) == '.' ? 1 : 0;
            i += scan.at(i) == ' ' ? 1 : 0;
        }
        int number = i;
        while (scan.word(i) && i - number < 8) {
            i++;
        }
        return i > number ? i : behind;
    }
}
