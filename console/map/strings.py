"""The words that stand on the map, in Chinese and English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MapStrings:
    """Every text of the page that is not data; `lang` ("zh" or "en") also chooses the areas' names."""

    lang: str
    layers: str
    districts: str
    towns: str
    grids: str
    load: str
    cases: str
    workers: str
    off_duty: str
    labels: str
    base_map: str
    base_own: str
    base_failing: str
    gcj02_corrected: str
    legend: str
    green: str
    amber: str
    red: str
    dark_red: str
    suspended: str
    unsigned: str
    worker: str
    inspector: str
    stale: str
    busy: str
    zoom_in: str
    zoom_out: str
    fit: str
    holder_clock: str
    citizen_clock: str
    position_age: str
    position_now: str
    in_hand: str
    on_duty_now: str
    off_duty_now: str
    cases_here: str
    open_cases: str
    zoom_hint: str
    crowd_hint: str
    minutes: str
    hours: str
    days: str
    hours_mark: str
    days_mark: str
    synthetic: str
    approval: str
    teams: str
    places: str
    footprints: str
    footprint_hours: str
    newest: str
    holder_of: str
    vulnerable: str
    radius: str
    area: str
    draw_circle: str
    draw_polygon: str
    draw_lasso: str
    mark_ponding: str
    mark_exam_site: str
    mark_school: str
    mark_hospital: str
    mark_care_home: str
    mark_shelter: str
    mark_pump: str
    mark_unit: str
    north: str
    north_up: str
    grid_code: str
    copied: str
    copy_place: str
    copy_grid: str
    ring: str
    chip: str
    chip_unsigned: str
    urgent_unsigned: str
    worker_dot: str
    load_key: str
    heat: str
    heat_off: str
    heat_hour: str
    heat_day: str
    heat_all: str
    heat_category: str
    heat_title: str
    heat_none: str
    heat_per_households: str
    heat_per_area: str
    heat_synthetic: str
    heat_mean: str
    heat_total: str
    heat_nowhere: str
    heat_rule_towns: str
    heat_rule_grids: str
    heat_grid: str
    heat_here: str


ZH = MapStrings(
    lang="zh",
    layers="图层",
    districts="区界",
    towns="镇街",
    grids="网格",
    load="网格负荷",
    cases="办件",
    workers="网格员",
    off_duty="未在岗",
    labels="地名",
    base_map="底图",
    base_own="矢量（离线）",
    base_failing="暂不可用",
    gcj02_corrected="GCJ-02 已校正到 WGS 84",
    legend="图例",
    green="时限内",
    amber="将超时",
    red="已超时",
    dark_red="严重超时",
    suspended="挂账",
    unsigned="未签收",
    worker="网格员",
    inspector="巡查员",
    stale="定位过时",
    busy="在办",
    zoom_in="放大",
    zoom_out="缩小",
    fit="全市",
    holder_clock="承办时限",
    citizen_clock="市民时限",
    position_age="定位 {age} 前",
    position_now="定位刚刚更新",
    in_hand="在办 {n} 件",
    on_duty_now="在岗",
    off_duty_now="未在岗",
    cases_here="此处 {n} 件",
    open_cases="{n} 件",
    zoom_hint="点击放大",
    crowd_hint="多个目标重叠，请移到其中一个上",
    minutes="{n} 分",
    hours="{n} 小时",
    days="{n} 天",
    hours_mark="时",
    days_mark="天",
    synthetic="网格及镇街、社区界线为示意",
    approval="审图号：{n}",
    teams="应急队伍",
    places="场所与单位",
    footprints="影响范围",
    footprint_hours="近几小时",
    newest="新",
    holder_of="{name} 时限",
    vulnerable="重点保护",
    radius="半径 {n}",
    area="面积 {n}",
    draw_circle="按住圆心，拖出半径 · Esc 或右键取消",
    draw_polygon="逐点单击，双击或回车闭合 · 退格撤回一点 · Esc 或右键取消",
    draw_lasso="按住鼠标圈出范围 · Esc 或右键取消",
    mark_ponding="涝",
    mark_exam_site="考",
    mark_school="校",
    mark_hospital="医",
    mark_care_home="养",
    mark_shelter="避",
    mark_pump="泵",
    mark_unit="单",
    north="北",
    north_up="地图上方始终为北",
    grid_code="网格 {code}",
    copied="已复制 {place}",
    copy_place="复制坐标　{place}",
    copy_grid="复制网格编码　{code}",
    ring="外圈：剩余时间",
    chip="聚合：最急级别件数/总件数",
    chip_unsigned="白底数字：紧急未签收件数",
    urgent_unsigned="紧急未签收 {n} 件",
    worker_dot="网格员、巡查员",
    load_key="在办件/网格",
    heat="热力",
    heat_off="关",
    heat_hour="近一小时",
    heat_day="今日",
    heat_all="全部类别",
    heat_category="类别",
    heat_title="热力：{what}，{since} 起受理",
    heat_none="此时段没有落在网格内的件",
    heat_per_households="件/千户",
    heat_per_area="件/平方公里",
    heat_synthetic="（户数为示意）",
    heat_mean="全市 {n}",
    heat_total="共 {n} 件，不含当场答复",
    heat_nowhere="{n} 件无网格",
    heat_rule_towns="件少的镇街向全市平均靠拢（各加 5 件）",
    heat_rule_grids="件少的网格向本镇街平均靠拢（各加 5 件）",
    heat_grid="本网格",
    heat_here="{name} {n} 件",
)

EN = MapStrings(
    lang="en",
    layers="Layers",
    districts="Districts",
    towns="Towns",
    grids="Grids",
    load="Grid load",
    cases="Cases",
    workers="Workers",
    off_duty="Off duty",
    labels="Names",
    base_map="Base map",
    base_own="Own vector map",
    base_failing="not available",
    gcj02_corrected="GCJ-02 corrected to WGS 84",
    legend="Legend",
    green="In time",
    amber="Due soon",
    red="Overdue",
    dark_red="Far overdue",
    suspended="Suspended",
    unsigned="Not signed",
    worker="Grid worker",
    inspector="Inspector",
    stale="Old position",
    busy="Busy",
    zoom_in="Zoom in",
    zoom_out="Zoom out",
    fit="Whole city",
    holder_clock="Holder",
    citizen_clock="Citizen",
    position_age="position {age} old",
    position_now="position just now",
    in_hand="{n} in hand",
    on_duty_now="On duty",
    off_duty_now="Off duty",
    cases_here="{n} cases here",
    open_cases="{n} open",
    zoom_hint="Click to zoom in",
    crowd_hint="Several targets here: move onto one of them",
    minutes="{n} min",
    hours="{n} h",
    days="{n} days",
    hours_mark="h",
    days_mark="d",
    synthetic="Grids, town and community lines are synthetic",
    approval="Map approval no. {n}",
    teams="Teams",
    places="Places and units",
    footprints="Footprints",
    footprint_hours="By hour",
    newest="newest",
    holder_of="{name}",
    vulnerable="Vulnerable",
    radius="radius {n}",
    area="area {n}",
    draw_circle="Press on the centre and drag the radius · Esc or right button cancels",
    draw_polygon="Click points; double click or Enter closes · Backspace takes one back · Esc or right button cancels",
    draw_lasso="Press and draw round the area · Esc or right button cancels",
    mark_ponding="W",
    mark_exam_site="X",
    mark_school="S",
    mark_hospital="H",
    mark_care_home="C",
    mark_shelter="R",
    mark_pump="P",
    mark_unit="U",
    north="N",
    north_up="North is always up",
    grid_code="grid {code}",
    copied="Copied {place}",
    copy_place="Copy coordinates   {place}",
    copy_grid="Copy grid code   {code}",
    ring="Ring: time left",
    chip="Group: most urgent / all",
    chip_unsigned="White number: urgent, not signed",
    urgent_unsigned="{n} urgent not signed",
    worker_dot="Workers, inspectors",
    load_key="Open cases a grid",
    heat="Heat",
    heat_off="Off",
    heat_hour="Last hour",
    heat_day="Today",
    heat_all="All categories",
    heat_category="Category",
    heat_title="Heat: {what}, taken in since {since}",
    heat_none="No case in any grid in this time",
    heat_per_households="cases/1,000 homes",
    heat_per_area="cases per km²",
    heat_synthetic=" (made up)",
    heat_mean="city {n}",
    heat_total="{n} cases, none answered at once",
    heat_nowhere="{n} in no grid",
    heat_rule_towns="Small numbers lean to the city's mean (+5 cases)",
    heat_rule_grids="Small numbers lean to the town's mean (+5 cases)",
    heat_grid="this grid",
    heat_here="{name}: {n} cases",
)

STRINGS = {"zh": ZH, "en": EN}
"""Language → its words."""
