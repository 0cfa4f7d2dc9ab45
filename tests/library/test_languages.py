# ruff: noqa: RUF001
"""Headlines in scripts other than Latin: reports of one event come together, those of others stay apart."""

from itertools import combinations

import pytest

from newstui.article import Article, Batch, Outlet
from newstui.library import Library
from tests.library import recount

NOW = 1_600_000_000
HOUR = 3_600

LANGUAGES: dict[str, tuple[tuple[str, str], ...]] = {
    "Chinese": (
        ("货船撞上临港大桥 桥面封闭一周", "周一清晨一艘货船撞上临港大桥的桥墩，无人受伤。"),
        ("临港大桥遭货船撞击 将封闭一周", "货船周一撞上桥墩后，临港大桥封闭，工程师正在检查。"),
        ("老街三位面包师夺得黑麦面包奖杯", "评委称赞他们的黑麦面包外脆内软。"),
        ("北岸大桥换上新路灯", "工人周二为北岸大桥装好了节能路灯。"),
        ("彗星探测器带回冰样本降落沙漠", "装有彗星冰的返回舱在沙漠中着陆。"),
    ),
    "Japanese": (
        ("貨物船が港大橋に衝突、1週間通行止め", "月曜の早朝、貨物船が港大橋の橋脚に衝突した。けが人はいない。"),
        ("港大橋、貨物船の衝突で通行止めに", "橋脚に貨物船が衝突したため、港大橋は1週間閉鎖される。"),
        ("ライ麦パンの大会で老舗のパン職人が優勝", "審査員は三人の職人のライ麦パンを高く評価した。"),
        ("北岸大橋に新しい街灯が点灯", "火曜の夜、北岸大橋に省エネの街灯がともった。"),
        ("彗星の氷を積んだ探査機が砂漠に着陸", "探査機のカプセルが彗星の氷を地球に持ち帰った。"),
    ),
    "Korean": (
        (
            "화물선이 항구대교에 충돌, 일주일 통행 금지",
            "월요일 새벽 화물선이 항구대교 교각에 충돌했다. 다친 사람은 없다.",
        ),
        ("항구대교 화물선 충돌로 일주일간 폐쇄", "화물선이 교각에 충돌하면서 항구대교 통행이 금지됐다."),
        ("호밀빵 대회에서 제빵사 세 명이 우승컵 차지", "심사위원들은 호밀빵의 맛을 칭찬했다."),
        ("북안대교에 새 가로등 설치", "화요일 밤 북안대교에 새 가로등이 켜졌다."),
        ("혜성 얼음을 실은 탐사선 사막에 착륙", "탐사선 캡슐이 혜성의 얼음을 지구로 가져왔다."),
    ),
    "Thai": (
        ("เรือสินค้าชนสะพานท่าเรือ ปิดการจราจรหนึ่งสัปดาห์", "เช้าวันจันทร์เรือสินค้าชนเสาสะพานท่าเรือ ไม่มีผู้บาดเจ็บ"),
        ("สะพานท่าเรือปิดหนึ่งสัปดาห์หลังถูกเรือสินค้าชน", "วิศวกรตรวจเสาสะพานที่ถูกเรือสินค้าชนเมื่อเช้าวันจันทร์"),
        ("คนทำขนมปังสามคนคว้าถ้วยรางวัลขนมปังไรย์", "กรรมการชมว่าขนมปังไรย์กรอบนอกนุ่มใน"),
        ("สะพานฝั่งเหนือติดตั้งโคมไฟใหม่", "คนงานติดโคมไฟประหยัดพลังงานบนสะพานเมื่อคืนวันอังคาร"),
        ("ยานสำรวจนำน้ำแข็งดาวหางลงจอดกลางทะเลทราย", "แคปซูลบรรจุน้ำแข็งจากดาวหางกลับถึงโลกแล้ว"),
    ),
    "Arabic": (
        ("سفينة شحن تصطدم بجسر الميناء وإغلاقه أسبوعا", "اصطدمت سفينة شحن بدعامة جسر الميناء فجر الاثنين ولم يصب أحد."),
        ("إغلاق جسر الميناء أسبوعا بعد اصطدام سفينة شحن", "أغلق جسر الميناء بعد أن اصطدمت سفينة شحن بدعامة فيه."),
        ("ثلاثة خبازين يفوزون بكأس خبز الجاودار", "أشاد الحكام بخبز الجاودار الذي قدمه الخبازون."),
        ("مصابيح جديدة تضيء الجسر الشمالي", "أنار العمال الجسر الشمالي بمصابيح موفرة للطاقة مساء الثلاثاء."),
        ("مسبار يهبط في الصحراء حاملا جليد المذنب", "عادت الكبسولة إلى الأرض بعينات من جليد مذنب."),
    ),
    "Hindi": (
        ("मालवाहक जहाज बंदरगाह पुल से टकराया, पुल एक सप्ताह बंद", "सोमवार सुबह मालवाहक जहाज पुल के खंभे से टकराया, कोई घायल नहीं।"),
        ("बंदरगाह पुल एक सप्ताह बंद, मालवाहक जहाज की टक्कर", "मालवाहक जहाज के खंभे से टकराने के बाद बंदरगाह पुल बंद किया गया।"),
        ("तीन नानबाइयों ने जीता राई की रोटी का कप", "निर्णायकों ने राई की रोटी के स्वाद की प्रशंसा की।"),
        ("उत्तरी पुल पर लगीं नई बत्तियाँ", "मंगलवार शाम उत्तरी पुल पर नई बत्तियाँ जलाई गईं।"),
        ("धूमकेतु की बर्फ लेकर यान रेगिस्तान में उतरा", "यान का कैप्सूल धूमकेतु से बर्फ के नमूने धरती पर लाया।"),
    ),
    "Russian": (
        (
            "Сухогруз врезался в Портовый мост, движение закрыто на неделю",
            "Утром в понедельник сухогруз врезался в опору моста.",
        ),
        (
            "Портовый мост закрыт на неделю: в опору врезался сухогруз",
            "Движение закрыто, инженеры осматривают опору моста.",
        ),
        ("Пекари со Старой улицы выиграли кубок ржаного хлеба", "Судьи похвалили ржаной хлеб трёх пекарей."),
        ("На Северном мосту зажгли новые фонари", "Во вторник вечером рабочие включили фонари на Северном мосту."),
        ("Зонд с кометным льдом приземлился в пустыне", "Капсула доставила на Землю образцы льда кометы."),
    ),
    "Ukrainian": (
        (
            "Баржа врізалася в Портовий міст, його закрито на тиждень",
            "Уранці в понеділок баржа врізалася в опору мосту.",
        ),
        ("Портовий міст закрито на тиждень: баржа пошкодила опору", "Опору мосту пошкодила баржа, рух зупинено."),
        ("Пекарі зі Старої вулиці здобули кубок житнього хліба", "Судді похвалили житній хліб трьох пекарів."),
        ("На Північному мосту засвітили нові ліхтарі", "У вівторок увечері робітники ввімкнули ліхтарі на мосту."),
        ("Зонд із кометним льодом приземлився в пустелі", "Капсула привезла на Землю зразки льоду комети."),
    ),
}
EVENTS = ("bridge", "bridge", "bread", "another bridge", "comet")
"""What the reports of each language tell: of two the same in different words."""


def told(*texts: tuple[str, str]) -> list[tuple[int, int]]:
    """Which of the texts, reported by as many outlets, are shown together, as pairs of their places."""
    with Library.open(None) as library:
        source = library.subscribe("folder", "/news", "News")
        library.add(source.id, Batch(tuple(report(number, *text) for number, text in enumerate(texts))), NOW)
        ids = list(recount.story_of(library))
        beside = {id: {report.article for report in library.coverage(id).reports} for id in ids}
    return [(one, two) for one, two in combinations(range(len(texts)), 2) if ids[two] in beside[ids[one]]]


def report(number: int, title: str, excerpt: str) -> Article:
    return Article(
        url=f"https://paper{number}.example/",
        title=title,
        excerpt=excerpt,
        published=NOW - 99 * HOUR + number * HOUR,
        outlet=Outlet(domain=f"paper{number}.example"),
        origin="document",
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_reports_of_one_event_come_together_and_of_others_do_not(language: str) -> None:
    assert told(*LANGUAGES[language]) == [(0, 1)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_order_of_the_reports_makes_no_difference(language: str) -> None:
    texts = LANGUAGES[language]
    assert told(*reversed(texts)) == [(len(texts) - 2, len(texts) - 1)]


def test_languages_side_by_side_keep_their_events_apart() -> None:
    """They tell the same events, so that two languages may meet, but only in one event."""
    every = [text for texts in LANGUAGES.values() for text in texts]
    pairs = told(*every)
    assert {(first, first + 1) for first in range(0, len(every), len(EVENTS))} <= {*pairs}
    assert [(one, two) for one, two in pairs if EVENTS[one % len(EVENTS)] != EVENTS[two % len(EVENTS)]] == []


def test_why_two_reports_are_one_story_is_said_in_their_own_script() -> None:
    first, second = (report(number, *LANGUAGES["Russian"][number]) for number in range(2))
    with Library.open(None) as library:
        source = library.subscribe("folder", "/news", "News")
        library.add(source.id, Batch((first, second)), NOW)
        why = library.why(*recount.story_of(library))
    assert set(why.words) & {"Сухогруз", "Портовый", "мост", "неделю", "опору"}
