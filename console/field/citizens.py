"""Who calls and where they say it is: invented names, numbers nobody has, addresses."""

from console.domain.city import City
from console.domain.grid import Grid
from console.field.chance import Chance

_SURNAMES = "王李陈林黄吴符张周郑曾冯梁许韩云谢邢蔡苏杨潘刘邓唐何韦卢叶莫"
_GIVEN = "伟芳敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰萍鹏红文海燕志梅建东云波晓雪辉"
_PREFIXES = ("130", "135", "136", "138", "139", "150", "157", "158", "177", "186", "188", "199")
_ROADS = (
    "人民路", "解放路", "建设路", "文明路", "和平路", "滨海大道", "海府路", "龙昆北路", "龙昆南路",
    "国兴大道", "南海大道", "海秀路", "丘海大道", "红城湖路", "凤翔路", "迎宾大道", "青年路", "新华路",
    "振兴路", "文化路", "学院路", "长堤路", "朱云路", "椰海大道", "新城路", "金龙路", "义龙路", "板桥路",
    "海德路", "白龙路", "美苑路", "五指山路", "兴丹路", "城东路", "环湖路", "中山路",
)  # fmt: skip
_NEAR = ("附近", "门口", "对面", "旁", "路口", "小区内", "后巷", "公交站边")


def name(chance: Chance, *key: object) -> str:
    """A citizen's invented name."""
    given = chance.pick(_GIVEN, *key, "given")
    if chance.happens(0.7, *key, "two"):
        given += chance.pick(_GIVEN, *key, "given2")
    return chance.pick(_SURNAMES, *key, "surname") + given


def phone(chance: Chance, *key: object) -> str:
    """A number in the pattern 1xx 0000 0xxx, which no operator hands out."""
    tail = int(chance.uniform(*key, "phone") * 1000)
    return f"{chance.pick(_PREFIXES, *key, 'prefix')}00000{tail:03d}"


def address(city: City, grid: Grid, chance: Chance, *key: object) -> str:
    """District, town, road, house number: "龙华区金贸街道 龙昆北路 23号 附近"."""
    areas = city.area_name(grid.district) + city.area_name(grid.town)
    number = 1 + int(chance.uniform(*key, "number") ** 2 * 180)
    near = chance.pick(_NEAR, *key, "near")
    road = chance.pick(_ROADS, grid.community, int(chance.uniform(*key, "road") * 3))
    return f"{areas} {road} {number}号 {near}"


def road_of(text: str) -> str:
    """The road of such an address, as a caller says it."""
    parts = text.split(" ")
    return parts[1] if len(parts) > 1 else text
