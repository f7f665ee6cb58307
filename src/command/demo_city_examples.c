/* The demo city's worked examples (PRACTICE.md, demo city): problem, measures, an indicator from its base over now to its goal, the
   mechanism that ends it, and the voice of somebody who has it as appeals. Invented. */
#include "command/demo_city.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
enum { ALONE = -1, NOBODY = -1, VOICES = 20 /* after the small demo's matters */ };
#define LIMITED KIND_TIME_LIMITED
#define LONG_TERM KIND_LONG_TERM
#define CITY_LIST(kind_of, category_of, source_of, lead_unit, joint_unit, matter_of) \
  .kind = (kind_of), .category = (category_of), .source = (source_of), .level = LEVEL_CITY, .lead = (lead_unit), .joint = (joint_unit), .matter = (matter_of)
#define TEAMS .led_by = LED_BY_FOUR_TEAMS, .leader = "四套班子分工领导", .official = "分管副市长 周某"
#define SECRETARY .led_by = LED_BY_SECRETARY, .leader = "市委主要领导", .official = "市委常委 韩某", .hard = true

const struct city_example CITY_EXAMPLE_LIST[CITY_EXAMPLES] = {
  {{"创新药械入院难", "获批新药械从批准到进院平均 14.2 个月,三家医院都说等下次药事会。", "药事会一年只开一次,没有专门目录,医保支付没有衔接。", "入院时间缩到 9.5 个月以内。", .measures = {"制定新优药械目录", "限期召开药事会", "医保支付衔接"}, TEAMS,
    CITY_LIST(LONG_TERM, CATEGORY_OPENING, SOURCE_RESEARCH, UNIT_HEALTH, UNIT_INDUSTRY, VOICES)}, CITY_BLUE, 0, "入院月数", "月", 142000, 101000, 95000, "新优药械目录动态调整办法"},
  {{"拖欠中小企业账款", "清查出余额 3.86 亿元,最长的拖了六年。", "以审计代结算,没有约束。", "存量清零,新增不再发生。", .measures = {"逐笔建账", "分期还款到位", "付款约束写入合同范本"}, TEAMS,
    CITY_LIST(LONG_TERM, CATEGORY_ECONOMY, SOURCE_RESEARCH, UNIT_INDUSTRY, UNIT_AUDIT, VOICES + 1)}, CITY_BLUE, 0, "拖欠余额", "亿元", 38600, 9200, 0, "付款约束与公示办法"},
  {{"涉企检查重复", "企业户均一年被查 5.2 次,同一件事三个部门各查一遍。", "检查计划各自编制,互不相通。", "户均降到 2 次以下。", .measures = {"推行扫码入企", "检查计划并成一张表", "联合检查一次完成"}, TEAMS,
    CITY_LIST(LONG_TERM, CATEGORY_ECONOMY, SOURCE_RESEARCH, UNIT_MARKET, UNIT_DATA, VOICES + 2)}, CITY_BLUE, 1, "户均检查", "次/年", 52000, 26000, 20000, "涉企检查计划统筹办法"},
  {{"跨省项目三套审批", "一个治水项目两省一市分别审批,花了 210 天。", "三地材料和口径不同。", "一次立项、一体审批、联合监督,90 天内办结。", .measures = {"统一立项文本", "一体审批一张表", "建立联合监督机制"}, TEAMS,
    CITY_LIST(LONG_TERM, CATEGORY_OPENING, SOURCE_RESEARCH, UNIT_WATER, UNIT_QINGDANG, NOBODY)}, CITY_BLUE, 0, "审批用时", "天", 2100000, 1040000, 900000, "跨省项目统一立项一体审批联合监督办法"},
  {{"无违法证明多头开", "企业上市要到几十个部门分别盖章。", "各领域记录没有归集。", "一份专用信用报告覆盖 40 个领域。", .measures = {"归集各领域记录", "上线专用信用报告", "承诺不再要求纸质证明"}, TEAMS,
    CITY_LIST(LONG_TERM, CATEGORY_OPENING, SOURCE_RESEARCH, UNIT_MARKET, UNIT_DATA, VOICES + 3)}, CITY_BLUE, 0, "报告覆盖领域", "个", 0, 330000, 400000, "专用信用报告管理办法"},
  {{"外籍人士支付难", "重点商户外卡受理率只有 41%。", "终端没有开通外卡,店员不会用。", "重点商户受理率达到 95%。", .measures = {"重点商户终端改造", "机场车站设服务台", "店员培训和暗访"}, TEAMS,
    CITY_LIST(LONG_TERM, CATEGORY_OPENING, SOURCE_DEVELOPMENT, UNIT_MARKET, ALONE, VOICES + 4)}, CITY_BLUE, 1, "重点商户外卡受理率", "%", 410000, 880000, 950000, "外卡受理商户规范"},
  {{"小梁薄板房改造难", "还有 312 栋没有启动,居民等了十几年。", "签约比例要求高,资金缺口大。", "全部启动改造。", .measures = {"一楼一策排定方案", "落实市区资金比例", "完成居民签约"}, SECRETARY,
    CITY_LIST(LONG_TERM, CATEGORY_LIVELIHOOD, SOURCE_RESEARCH, UNIT_HOUSING, UNIT_YANGLIN, VOICES + 5)}, CITY_BLUE, 0, "未启动楼栋", "栋", 3120000, 1410000, 0, "小梁薄板房一楼一策工作规程"},
  {{"住宅小区地下车库无信号", "计划覆盖 2,000 个小区的地下车库,居民报警、叫救护车都要先跑到地面。", "建设时没有预留管线,物业与运营商在进场费上谈不拢。", "计划内车库全部有信号,由用户确认。", .measures = {"排出车库点位清单并公布", "共建共享分批施工", "用户逐个确认信号"}, TEAMS,
    CITY_LIST(LONG_TERM, CATEGORY_GOVERNANCE, SOURCE_APPEALS, UNIT_TELECOM, UNIT_HOUSING, 0)}, CITY_BLUE, 0, "验收车库", "个", 0, 11040000, 20000000, "车库通信设施共建共享规范"},
  {{"热线工单办理质量不高", "回访显示实际解决率只有 61%。", "首接不负责,答复抄旧稿。", "实际解决率达到 80%。", .measures = {"首接负责到底", "录音和答复复核", "实际解决率通报"}, SECRETARY,
    CITY_LIST(LONG_TERM, CATEGORY_GOVERNANCE, SOURCE_APPEALS, UNIT_DATA, ALONE, VOICES + 6)}, CITY_BLUE, 0, "实际解决率", "%", 610000, 740000, 800000, "热线首接负责和录音复核办法"},
  {{"长江入河排污口整治", "排查出 2,514 个排污口。", "历史管网图缺失。", "全部溯源、分类整治。", .measures = {"逐口溯源立牌", "截污纳管施工", "抽测水质达标"}, TEAMS,
    CITY_LIST(LIMITED, CATEGORY_GOVERNANCE, SOURCE_INSPECTION_OLD, UNIT_WATER, UNIT_CHONGDAO, NOBODY)}, CITY_PUBLICISED, 0, "整治到位的排污口", "个", 0, 25090000, 25140000, "排污口常态巡查制度"},
  {{"低保家庭住院要开押金证明", "开一张证明平均跑 5 天。", "低保名单没有共享给医院。", "免开证明,先享后核。", .measures = {"名单数据共享", "医院窗口先享后核", "每月抽查核对"}, TEAMS,
    CITY_LIST(LIMITED, CATEGORY_LIVELIHOOD, SOURCE_RESEARCH, UNIT_HEALTH, ALONE, VOICES + 7)}, CITY_CLOSED, 0, "开证明用时", "天", 50000, 0, 0, "低保数据共享先享后核办法"},
  {{"社区配不到慢病药", "社区医院配不到的慢病药,月均投诉 420 件。", "社区药品目录三年没有调整。", "缺药诉求降到每月 100 件。", .measures = {"集采目录增加 37 种", "延伸处方增加 80 种", "缺药登记三日内到货"}, TEAMS,
    CITY_LIST(LONG_TERM, CATEGORY_LIVELIHOOD, SOURCE_APPEALS, UNIT_HEALTH, ALONE, 3)}, CITY_BLUE, 1, "缺药诉求", "件/月", 4200000, 1330000, 1000000, "社区药品目录年度调整办法"},
  {{"站点到儿科医院绕行", "出站到儿科要露天步行 860 米。", "规划时公交、地铁、医院各做各的。", "地下直通,不再露天绕行。", .measures = {"打通地下直达通道", "站点前移", "补上雨棚和导向牌"}, TEAMS,
    CITY_LIST(LIMITED, CATEGORY_LIVELIHOOD, SOURCE_APPEALS, UNIT_TRAFFIC, UNIT_PUJIANG, 4)}, CITY_CLOSED, 0, "露天步行", "米", 8600000, 0, 0, "医院周边换乘一体设计导则"},
  {{"基层不必要负担", "街镇一年要报 214 张表,同一数据填四遍。", "各条线自建报表,不查已有数据。", "年报表压到 80 张以内。", .measures = {"清理报表", "要数先查已有数据", "报表准入审核"}, SECRETARY,
    CITY_LIST(LONG_TERM, CATEGORY_PARTY, SOURCE_SELF_CHECK, UNIT_OFFICE, UNIT_DATA, NOBODY)}, CITY_BLUE, 1, "街镇年报表", "张", 2140000, 960000, 800000, "基层报表准入制度"},
  {{"审计查出培训费超标", "审计查出超标列支 126.4 万元。", "审批把关不严,一次报销多期。", "全部清退并追责。", .measures = {"逐笔核对清退款项", "追究审批责任", "修订经费管理办法"}, .secrecy = SECRECY_INTERNAL,
    CITY_LIST(LIMITED, CATEGORY_PARTY, SOURCE_AUDIT_OLD, UNIT_LABOUR, UNIT_AUDIT, NOBODY)}, CITY_YELLOW, 1, "未清退金额", "万元", 1264000, 81000, 0, "培训经费管理办法"},
  {{"工程招投标围标串标", "数据筛查出 38 个疑似标段。", "线索移送没有时限,评标系统没有筛查。", "疑似标段全部查清。", .measures = {"疑似标段逐个核查", "移送线索限期反馈", "电子评标系统增加筛查"}, .secrecy = SECRECY_RESTRICTED,
    CITY_LIST(LONG_TERM, CATEGORY_PARTY, SOURCE_INSPECTION_NEW, UNIT_HOUSING, UNIT_AUDIT, NOBODY)}, CITY_BLUE, 0, "疑似标段", "个", 380000, 90000, 0, "招投标数据筛查规程"},
};

/* Their voices, where the small demo's matters have none. */
const struct demo_matter CITY_VOICES[] = {
  {"新药进不了医院", "我们的药获批一年了,%s等三家医院都说等下次药事会。", "医药", 3, UNIT_HEALTH, {"第一人民医院", "瑞安医院", "肿瘤医院"}, NULL},
  {"工程款拖了四年", "%s的工程做完四年,对方一直说在审计,不付款。", "企业", 3, UNIT_INDUSTRY, {"北岸区道路项目", "嘉禾区安置房项目", "奉南区园区项目"}, NULL},
  {"一个月查了三回", "%s一个月来了三拨检查,问的都是同一件事。", "企业", 3, UNIT_MARKET, {"闵川区某机械厂", "松泽区某食品厂", "宝江区某物流公司"}, NULL},
  {"无违法证明跑断腿", "上市要无违法证明,从%s开始跑了二十多个部门。", "政务", 2, UNIT_MARKET, {"市场监管窗口", "税务窗口", "人社窗口"}, NULL},
  {"外国客人刷不了卡", "陪外国客户在%s吃饭,外卡刷不了,也不收现金。", "金融", 3, UNIT_MARKET, {"西浜区老码头", "浦江区世纪广场", "虹河区美食街"}, NULL},
  {"薄板房什么时候改", "%s住的是小梁薄板房,楼板一走就晃,等了十几年。", "住房", 3, UNIT_HOUSING, {"杨林区工人新村", "普河区曹家渡", "虹河区四川里"}, NULL},
  {"打了三次热线都是套话", "为%s打了三次热线,答复一字不差,人没来过。", "政务", 4, UNIT_DATA, {"楼道堆物", "路灯不亮", "垃圾房异味"}, NULL},
  {"住院要先回街道开证明", "低保户住院,%s要押金证明,来回跑了五天。", "医保", 3, UNIT_HEALTH, {"第二人民医院", "中心医院", "新民医院"}, NULL},
};
const size_t CITY_VOICE_COUNT = COUNT_OF(CITY_VOICES);
