/* The demo city's texts: 申江市, its units and people, its problems, appeals and topics. All invented; no real person, no real place.
   Only tables: demo_stories.c says what happens when, demo.c plays it. */
#include "command/demo.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
enum { PARTY = 1, GOVERNMENT = 3, DISTRICT = 6, DUAL = 12, CITY = 16, NOBODY = -1, ALONE = -1 };

const struct demo_unit_text DEMO_UNITS[DEMO_UNIT_COUNT] = {
  [UNIT_CITY] = {"申江市", "全市", NULL, NULL, CITY},
  [UNIT_OFFICE] = {"市整改工作办公室", "整改办、市整改办", NULL, NULL, PARTY},
  [UNIT_HOUSING] = {"市住房城乡建设管理委", "住建委、市住建委、住房局", "housing", "甲", GOVERNMENT, SIGNS_LIAISON | SIGNS_HEAD},
  [UNIT_TRAFFIC] = {"市交通委", "交通委、交委", "traffic", "乙", GOVERNMENT},
  [UNIT_HEALTH] = {"市卫生健康委", "卫健委、市卫健委", "health", "丙", GOVERNMENT, SIGNS_LIAISON | SIGNS_HEAD},
  [UNIT_WATER] = {"市水务局", "水务局、市水务", "water", "丁", GOVERNMENT},
  [UNIT_INDUSTRY] = {"市经济信息化委", "经信委、市经信委", "industry", "戊", GOVERNMENT},
  [UNIT_MARKET] = {"市市场监管局", "市场监管局、市监局", "market", "己", GOVERNMENT},
  [UNIT_TELECOM] = {"市通信管理局", "通管局、通信局", "telecom", "庚", DUAL},
  [UNIT_LABOUR] = {"市人力资源社会保障局", "人社局、市人社局", "labour", "辛", GOVERNMENT},
  [UNIT_AUDIT] = {"市审计局", "审计局", NULL, NULL, GOVERNMENT},
  [UNIT_DATA] = {"市大数据中心", "大数据中心", NULL, NULL, GOVERNMENT},
  [UNIT_PUJIANG] = {"浦江区", "浦江", "pujiang", "壬", DISTRICT, SIGNS_LIAISON}, [UNIT_BEIAN] = {"北岸区", "北岸", "beian", "癸", DISTRICT},
  [UNIT_NANTING] = {"南汀区", "南汀", NULL, NULL, DISTRICT}, [UNIT_XIBANG] = {"西浜区", "西浜", NULL, NULL, DISTRICT},
  [UNIT_HONGHE] = {"虹河区", "虹河", "honghe", "子", DISTRICT}, [UNIT_CHANGQIAO] = {"长桥区", "长桥", NULL, NULL, DISTRICT},
  [UNIT_PUHE] = {"普河区", "普河", NULL, NULL, DISTRICT}, [UNIT_YANGLIN] = {"杨林区", "杨林", NULL, NULL, DISTRICT},
  [UNIT_BAOJIANG] = {"宝江区", "宝江", "baojiang", "丑", DISTRICT}, [UNIT_MINCHUAN] = {"闵川区", "闵川", NULL, NULL, DISTRICT},
  [UNIT_JIAHE] = {"嘉禾区", "嘉禾", NULL, NULL, DISTRICT}, [UNIT_SONGZE] = {"松泽区", "松泽", NULL, NULL, DISTRICT},
  [UNIT_QINGDANG] = {"青荡区", "青荡", "qingdang", "寅", DISTRICT}, [UNIT_JINTAN] = {"金滩区", "金滩", NULL, NULL, DISTRICT},
  [UNIT_FENGNAN] = {"奉南区", "奉南", NULL, NULL, DISTRICT}, [UNIT_CHONGDAO] = {"崇岛区", "崇岛", NULL, NULL, DISTRICT}};

/* Beside these, every unit with a word has a liaison and a head. Liaisons of three units and heads of two sign in; the others only act in
   the story. */
const struct demo_user DEMO_USERS[] = {
  {"office", "整改办 陈某", UNIT_OFFICE, ROLE_OFFICE, true},
  {"office-second", "整改办 方某", UNIT_OFFICE, ROLE_OFFICE, true}, /* what takes two people */
  {"acceptor-1", "验收人 赵某", UNIT_AUDIT, ROLE_ACCEPTOR, true},
  {"acceptor-2", "验收人 钱某", UNIT_DATA, ROLE_ACCEPTOR, true},
  {"leader", "市领导 孙某", UNIT_CITY, ROLE_LEADER, true},
  {"reviewer", "审计巡察 李某", UNIT_AUDIT, ROLE_REVIEWER, true},
  {"sysadmin", "系统管理员", UNIT_DATA, ROLE_SYSTEM_ADMINISTRATOR, true},
  {"secadmin", "安全管理员", UNIT_DATA, ROLE_SECURITY_ADMINISTRATOR, true},
  {"auditadmin", "审计管理员", UNIT_AUDIT, ROLE_AUDIT_ADMINISTRATOR, true},
  {"caller-1", "回访员 许某", UNIT_OFFICE, ROLE_CALLER, true},
  {"releaser-1", "发布审核 郭某", UNIT_OFFICE, ROLE_RELEASER, true},
  {"hotline-1", "热线中心 邓某", UNIT_DATA, ROLE_HOTLINE, true}, /* its program has a token */
};
const size_t DEMO_USER_COUNT = COUNT_OF(DEMO_USERS);

/* What several problems share. */
#define ECONOMY CATEGORY_ECONOMY
#define OPENING CATEGORY_OPENING
#define GOVERNANCE CATEGORY_GOVERNANCE
#define LIVELIHOOD CATEGORY_LIVELIHOOD
#define CONDUCT CATEGORY_PARTY
#define LIMITED KIND_TIME_LIMITED
#define LONG_TERM KIND_LONG_TERM

static const struct demo_problem problems[] = {
  {"地下车库没有手机信号", "全市住宅小区地下车库无信号的有 2,000 处,居民报警、叫救护车都要先跑到地面。", "建设时没有预留通信管线,物业与运营商在进场费上谈不拢。", "计划内车库全部有信号,由用户确认。",
   GOVERNANCE, SOURCE_APPEALS, LIMITED, LEVEL_CITY, UNIT_TELECOM, UNIT_HOUSING, STORY_PUBLICISED, 0, {"排出车库点位清单并公布", "分批进场施工", "用户逐个确认信号"}, 0},
  {"二次供水水箱长期不清洗", "抽查 40 个小区,12 个水箱超过一年没有清洗记录。", "责任在物业,监管在街道,两头都没有台账。", "每个水箱半年一洗,记录上墙。",
   LIVELIHOOD, SOURCE_APPEALS, LIMITED, LEVEL_UNIT, UNIT_WATER, UNIT_HOUSING, STORY_CLOSED, 0, {"摸清水箱底数建台账", "完成一轮清洗和水质检测", "清洗记录接入一网统管"}, 1},
  {"老旧小区加装电梯审批慢", "从申请到开工平均 210 天,材料要跑 7 个窗口。", "各窗口串联审批,同一张图纸要审三次。", "并联审批,60 个工作日内开工。",
   LIVELIHOOD, SOURCE_APPEALS, LIMITED, LEVEL_CITY, UNIT_HOUSING, UNIT_DATA, STORY_ON_PLAN, 0, {"合并审批事项为一张表", "图纸一次联审", "办理进度上网可查"}, 2},
  {"医院门诊药房缺常用药", "社区医院配不到的慢病药,月均投诉 420 件。", "社区药品目录三年没有调整。", "缺药诉求降到每月 80 件以下。",
   LIVELIHOOD, SOURCE_APPEALS, LIMITED, LEVEL_CITY, UNIT_HEALTH, ALONE, STORY_DUE_SOON, 0, {"社区目录与三级医院对齐", "延伸处方扩到 80 种", "缺药登记三日内到货"}, 3},
  {"公交站到地铁口要绕行八百米", "换乘要过两个路口,雨天怨声很大。", "规划时公交、地铁各做各的。", "开通直达通道,露天步行不超过 100 米。",
   LIVELIHOOD, SOURCE_APPEALS, LIMITED, LEVEL_UNIT, UNIT_TRAFFIC, UNIT_PUJIANG, STORY_BEHIND, 0, {"站点前移并调整线路", "打通地下直达通道", "补上雨棚和导向牌"}, 4},
  {"夜间渣土车扬尘扰民", "外环沿线六个工地夜间运渣,噪声扬尘反复被投诉。", "运输时段没有统筹,冲洗设施形同虚设。", "沿线夜间噪声达标,投诉下降七成。",
   GOVERNANCE, SOURCE_APPEALS, LIMITED, LEVEL_UNIT, UNIT_BAOJIANG, UNIT_TRAFFIC, STORY_REOPENED, 0, {"工地出口装冲洗和监控", "统一夜间运输线路", "联合执法每周两次"}, 5},
  {"跨区就医结算要先垫付", "异地就诊先垫付再报销,最长等 45 天。", "两套系统数据没有打通。", "就医即时结算。",
   LIVELIHOOD, SOURCE_APPEALS, LONG_TERM, LEVEL_CITY, UNIT_HEALTH, UNIT_DATA, STORY_FRESH, 0, {"打通结算数据接口", "先在 30 家医院试行", "扩大到全部定点医院"}, 6},
  {"农民工工资拖欠反复发生", "同一承包商两年三次欠薪。", "工资专户没有落实,总包没有代付。", "专户覆盖全部在建工地,欠薪当月清零。",
   CONDUCT, SOURCE_APPEALS, LIMITED, LEVEL_CITY, UNIT_LABOUR, UNIT_HOUSING, STORY_OVERDUE_LONG, 0, {"逐个工地核对工资专户", "欠薪工地由总包代付", "失信企业公示限制投标"}, 7},
  {"菜场周边占道经营", "早高峰占去半条机动车道。", "摊位不足,疏导点太远。", "占道清零,疏导点就近设立。",
   GOVERNANCE, SOURCE_APPEALS, KIND_AT_ONCE, LEVEL_UNIT, UNIT_HONGHE, ALONE, STORY_AT_ONCE, 0, {NULL, NULL, NULL}, 8},
  {"小区消防通道被私家车堵住", "抽查 20 个小区,14 个通道被占。", "车位缺口大,划线不清。", "通道全部划线并有人管。",
   GOVERNANCE, SOURCE_APPEALS, LIMITED, LEVEL_UNIT, UNIT_PUJIANG, UNIT_HOUSING, STORY_SENT_BACK, 0, {"通道划线立牌", "错时共享周边车位", "占用一小时内处置"}, 9},
  {"创新药械进医院难", "获批新药从批准到进院平均 14.2 个月,三家医院都说等下次药事会。", "药事会一年只开一次,没有专门目录。", "入院时间缩到 9.5 个月以内。",
   OPENING, SOURCE_RESEARCH, LIMITED, LEVEL_CITY, UNIT_HEALTH, UNIT_INDUSTRY, STORY_SETTLED, 0, {"建立新优药械目录", "药事会每季召开", "医保支付单列"}, NOBODY},
  {"拖欠中小企业账款", "清查出余额 3.86 亿元,最长的拖了六年。", "以审计为由压着不付,没有约束。", "存量清零,新增不再发生。",
   ECONOMY, SOURCE_RESEARCH, LIMITED, LEVEL_CITY, UNIT_INDUSTRY, UNIT_AUDIT, STORY_CLOSED, 3, {"逐笔建账并公示", "分期还款到位", "付款约束写入合同范本"}, NOBODY},
  {"涉企检查多头重复", "企业户均一年被查 5.2 次,同一件事三个部门各查一遍。", "检查计划各自编制,互不相通。", "户均降到 2 次以下。",
   ECONOMY, SOURCE_RESEARCH, LIMITED, LEVEL_CITY, UNIT_MARKET, UNIT_DATA, STORY_CLOSED, 6, {"检查计划并成一张表", "推行扫码入企", "联合检查一次完成"}, NOBODY},
  {"跨省项目三套审批", "一个治水项目两省一市分别审批,花了 210 天。", "三地材料和口径不同。", "一次立项、一表审批,90 天内办结。",
   OPENING, SOURCE_RESEARCH, LONG_TERM, LEVEL_CITY, UNIT_WATER, UNIT_QINGDANG, STORY_ON_PLAN, 4, {"三地统一立项文本", "并联审批一张表", "建立联合监督机制"}, NOBODY},
  {"无违法记录证明多头开具", "企业上市要到 33 个部门分别盖章。", "各领域记录没有归集。", "一份专用信用报告代替全部证明。",
   OPENING, SOURCE_RESEARCH, LIMITED, LEVEL_CITY, UNIT_MARKET, UNIT_DATA, STORY_ACCEPTED, 0, {"归集四十个领域记录", "上线专用信用报告", "承诺不再要求纸质证明"}, NOBODY},
  {"外籍人士支付不便", "重点商户外卡受理率只有 41%。", "终端没有开通外卡,店员不会用。", "重点商户受理率达到 95%。",
   OPENING, SOURCE_DEVELOPMENT, LIMITED, LEVEL_UNIT, UNIT_MARKET, ALONE, STORY_EXTENDED, 0, {"重点商户终端改造", "机场车站设服务台", "店员培训和暗访"}, NOBODY},
  {"小梁薄板房改造启动难", "还有 312 栋没有启动,居民等了十几年。", "签约比例要求高,资金缺口大。", "全部启动改造。",
   LIVELIHOOD, SOURCE_RESEARCH, LONG_TERM, LEVEL_CITY, UNIT_HOUSING, UNIT_YANGLIN, STORY_ON_PLAN, 8, {"一楼一策排定方案", "落实市区资金比例", "完成居民签约"}, NOBODY},
  {"长江入河排污口底数不清", "排查出 2,514 个,其中 60 个来历不明。", "历史管网图缺失。", "全部溯源、分类整治。",
   GOVERNANCE, SOURCE_INSPECTION_OLD, LIMITED, LEVEL_CITY, UNIT_WATER, UNIT_CHONGDAO, STORY_SETTLED, 2, {"逐口溯源立牌", "截污纳管施工", "抽测水质达标"}, NOBODY},
  {"低保家庭住院要先开证明", "开一张证明平均跑 5 天。", "低保名单没有共享给医院。", "免开证明,住院先享后核。",
   LIVELIHOOD, SOURCE_RESEARCH, LIMITED, LEVEL_UNIT, UNIT_HEALTH, UNIT_DATA, STORY_CLOSED, 9, {"名单数据共享", "医院窗口免交证明", "每月抽查核对"}, NOBODY},
  {"基层报表重复填报", "街镇一年要报 214 张表,同一数据填四遍。", "各条线自建报表,不查已有数据。", "年报表压到 80 张以内。",
   CONDUCT, SOURCE_SELF_CHECK, LONG_TERM, LEVEL_CITY, UNIT_OFFICE, UNIT_DATA, STORY_ADMITTED, 0, {NULL, NULL, NULL}, NOBODY},
  {"培训经费超标准列支", "审计查出超标 126.4 万元。", "审批把关不严,一次报销多期。", "全部清退并追责。",
   CONDUCT, SOURCE_AUDIT_OLD, LIMITED, LEVEL_UNIT, UNIT_LABOUR, UNIT_AUDIT, STORY_CLOSED, 12, {"逐笔核对清退款项", "追究审批责任", "修订经费管理办法"}, NOBODY},
  {"工程招投标围标线索处置慢", "数据筛查出 38 个疑似标段,半年只办了 3 个。", "线索移送没有时限。", "线索三个月内办结。",
   CONDUCT, SOURCE_INSPECTION_NEW, LIMITED, LEVEL_CITY, UNIT_HOUSING, UNIT_AUDIT, STORY_SENT_BACK_TWICE, 0, {"疑似标段逐个核查", "移送线索限期反馈", "电子评标系统增加筛查"}, NOBODY},
  {"产业园区空置厂房盘活慢", "三个园区空置 21 万平方米。", "产权分散,租期未到。", "盘活八成以上。",
   ECONOMY, SOURCE_DEVELOPMENT, LONG_TERM, LEVEL_UNIT, UNIT_INDUSTRY, UNIT_JIAHE, STORY_ON_PLAN, 6, {"摸清空置厂房产权", "一园一策招商", "低效用地收储"}, NOBODY},
  {"企业用电接入时间长", "小微企业接电平均 25 个工作日。", "外线施工要跑四个占道许可。", "压缩到 10 个工作日。",
   ECONOMY, SOURCE_DEVELOPMENT, LIMITED, LEVEL_UNIT, UNIT_INDUSTRY, UNIT_TRAFFIC, STORY_OVERDUE, 0, {"占道许可并联办理", "外线工程费用明示", "进度短信告知企业"}, NOBODY},
  {"机场到市区夜间交通不足", "零点后到港旅客平均等车 70 分钟。", "夜班巴士末班过早。", "等候时间不超过 20 分钟。",
   OPENING, SOURCE_DEVELOPMENT, LIMITED, LEVEL_UNIT, UNIT_TRAFFIC, ALONE, STORY_APPLIED, 0, {"夜班巴士延到凌晨三点", "出租调度动态补充", "候车点改造遮雨"}, NOBODY},
  {"河道两岸步道断点", "23 公里岸线有 11 处断点。", "沿线单位各占一段。", "断点全部贯通。",
   GOVERNANCE, SOURCE_DEVELOPMENT, LONG_TERM, LEVEL_UNIT, UNIT_BEIAN, UNIT_WATER, STORY_FRESH, 3, {"逐段谈判腾退", "栈桥工程施工", "贯通验收开放"}, NOBODY},
  {"燃气用户安检入户率低", "入户率只有 61%,隐患整改不闭环。", "白天家里没人,隐患单没有跟踪。", "入户率 95%,隐患闭环。",
   GOVERNANCE, SOURCE_INSPECTION_NEW, LIMITED, LEVEL_UNIT, UNIT_HOUSING, ALONE, STORY_BEHIND, 5, {"夜间周末预约入户", "隐患单线上跟踪", "独居老人免费换管"}, NOBODY},
  {"学校周边交通拥堵", "早晚高峰校门口双排停车。", "接送车没有停放处。", "拥堵时间缩短一半。",
   LIVELIHOOD, SOURCE_SELF_CHECK, LIMITED, LEVEL_UNIT, UNIT_HONGHE, UNIT_TRAFFIC, STORY_CLOSED, 2, {"错峰上下学", "设限时接送车位", "校门口护学岗"}, NOBODY},
  {"垃圾转运站臭气扰民", "夏季投诉集中,转运站设备老化。", "除臭设备停用两年。", "厂界臭气达标。",
   GOVERNANCE, SOURCE_INSPECTION_OLD, LIMITED, LEVEL_UNIT, UNIT_BEIAN, ALONE, STORY_OVERDUE, 5, {"除臭设备更新", "封闭作业改造", "在线监测公开"}, NOBODY},
  {"养老床位登记与实际不符", "系统登记 1,200 张,实有 1,046 张。", "撤并后没有及时注销。", "账实相符。",
   LIVELIHOOD, SOURCE_AUDIT_NEW, LIMITED, LEVEL_UNIT, UNIT_QINGDANG, ALONE, STORY_REOPENED_MOVING, 0, {"逐院核对床位", "系统数据更正", "建立季度核对制度"}, NOBODY},
  {"乡镇污水管网错接漏接", "雨天污水入河,断面水质反弹。", "改造时没有逐户验收。", "错接点全部改正。",
   GOVERNANCE, SOURCE_INSPECTION_OLD, LONG_TERM, LEVEL_UNIT, UNIT_QINGDANG, UNIT_WATER, STORY_ON_PLAN, 2, {"逐户排查错接点", "管网改造施工", "雨后抽测断面水质"}, NOBODY},
  {"政务大厅窗口午间无人", "群众中午来办事白跑。", "没有安排轮班。", "午间不断档。",
   CONDUCT, SOURCE_SELF_CHECK, KIND_AT_ONCE, LEVEL_UNIT, UNIT_PUJIANG, ALONE, STORY_AT_ONCE, 4, {NULL, NULL, NULL}, NOBODY},
  {"公共自行车乱停放", "地铁口人行道被占满。", "停放区不足,清运不及时。", "重点站点有序停放。",
   GOVERNANCE, SOURCE_SELF_CHECK, KIND_AT_ONCE, LEVEL_UNIT, UNIT_TRAFFIC, ALONE, STORY_AT_ONCE, 8, {NULL, NULL, NULL}, NOBODY},
  {"食品摊贩备案台账缺失", "备案 300 户,台账只有 120 份。", "换人后没有移交。", "台账补齐。",
   GOVERNANCE, SOURCE_SELF_CHECK, KIND_AT_ONCE, LEVEL_UNIT, UNIT_MARKET, ALONE, STORY_AT_ONCE, 10, {NULL, NULL, NULL}, NOBODY},
  {"技能培训补贴发放慢", "培训合格后平均 96 天才到账。", "审核要过五道人工环节。", "压到 20 个工作日。",
   ECONOMY, SOURCE_DEVELOPMENT, LIMITED, LEVEL_UNIT, UNIT_LABOUR, UNIT_DATA, STORY_EXTENSION_ASKED, 0, {"合并审核环节", "系统自动比对", "补贴直达个人账户"}, NOBODY},
  {"专精特新企业融资难", "抽样 50 家,抵押不足被拒贷的占六成。", "知识产权评估没有渠道。", "首贷户增加 200 户。",
   ECONOMY, SOURCE_RESEARCH, LONG_TERM, LEVEL_UNIT, UNIT_INDUSTRY, ALONE, STORY_FRESH, 6, {"知识产权质押白名单", "风险补偿资金到位", "银企对接每月一次"}, NOBODY},
  {"5G 基站进小区难", "131 个小区因居民反对没有覆盖。", "信息不公开,补偿没有标准。", "覆盖率达到 98%。",
   GOVERNANCE, SOURCE_DEVELOPMENT, LONG_TERM, LEVEL_UNIT, UNIT_TELECOM, UNIT_HOUSING, STORY_BEHIND, 9, {"逐小区公示检测数据", "统一补偿标准", "分批建设开通"}, NOBODY},
  {"公立医院停车难", "三家医院日均排队 1.5 小时。", "职工车占去四成车位。", "患者车位占九成以上。",
   LIVELIHOOD, SOURCE_RESEARCH, LIMITED, LEVEL_UNIT, UNIT_HEALTH, UNIT_TRAFFIC, STORY_ENDORSED, 0, {"职工车位外移", "周边车位共享", "预约停车上线"}, NOBODY},
  {"河长制巡河流于形式", "一天巡完五条河,照片是同一张。", "只看打卡不看问题。", "巡河发现问题有闭环。",
   CONDUCT, SOURCE_INSPECTION_NEW, LIMITED, LEVEL_UNIT, UNIT_BAOJIANG, UNIT_WATER, STORY_TAKEN, 0, {"取消打卡排名", "问题清单直达河长", "第三方抽查"}, NOBODY},
  {"商务楼宇消防验收积压", "验收排队 47 栋,最长等 8 个月。", "人手不足,资料反复退件。", "积压清零。",
   ECONOMY, SOURCE_DEVELOPMENT, LIMITED, LEVEL_UNIT, UNIT_HOUSING, ALONE, STORY_ASSIGNED, 0, {NULL, NULL, NULL}, NOBODY},
  {"窨井盖权属不清无人修", "破损 86 处找不到产权单位。", "道路移交时没有随图移交。", "兜底单位先修后分。",
   GOVERNANCE, SOURCE_SELF_CHECK, LIMITED, LEVEL_UNIT, UNIT_PUJIANG, UNIT_WATER, STORY_SUBMITTED, 0, {NULL, NULL, NULL}, NOBODY},
  {"夜经济街区油烟噪声", "居民与商户矛盾多年。", "楼下没有专用烟道。", "油烟达标,夜间噪声下降。",
   GOVERNANCE, SOURCE_SELF_CHECK, LIMITED, LEVEL_UNIT, UNIT_HONGHE, ALONE, STORY_DRAFT, 0, {NULL, NULL, NULL}, NOBODY},
  {"村级公章使用不登记", "抽查 9 个村,4 个没有登记簿。", "没有统一制度。", "公章用一次登记一次。",
   CONDUCT, SOURCE_INSPECTION_NEW, LIMITED, LEVEL_UNIT, UNIT_QINGDANG, ALONE, STORY_RETURNED, 0, {NULL, NULL, NULL}, NOBODY},
  {"旧工业厂房拆除扬尘", "与渣土扬尘问题重复登记。", "登记时没有先查台账。", "并入已有问题。",
   GOVERNANCE, SOURCE_SELF_CHECK, LIMITED, LEVEL_UNIT, UNIT_BAOJIANG, ALONE, STORY_WITHDRAWN, 0, {NULL, NULL, NULL}, NOBODY},
};

const struct demo_matter DEMO_MATTERS[] = {
  {"地下车库没有信号", "%s地下车库两层都没有手机信号,前几天家里老人在车里不舒服,打不出电话,只好跑到地面求助。希望尽快解决。", "通信", 3, UNIT_TELECOM, {"浦江区云锦花园", "北岸区江畔名庭", "闵川区梧桐苑"}, "已列入车库信号点位清单,将按批次施工。"},
  {"自来水有异味", "%s的自来水放出来发黄,有异味,问物业说水箱好久没洗了。", "供水", 3, UNIT_WATER, {"虹河区春申里", "普河区汇龙新村", "杨林区工人新村"}, "已督促物业清洗水箱并检测水质。"},
  {"加装电梯办了一年还没批", "%s要加装电梯,材料交了一年,窗口说还差一张图。楼上老人下不了楼。", "住房", 2, UNIT_HOUSING, {"长桥区凤溪小区 3 号楼", "西浜区安康苑 12 号楼", "南汀区文华里 7 号楼"}, "已转联合审图,进度可在网上查询。"},
  {"社区医院配不到降压药", "在%s配降压药,连续三次都说没有货,要我去大医院排队。", "医疗", 3, UNIT_HEALTH, {"金滩区社区卫生服务中心", "松泽区第二社区卫生服务中心", "嘉禾区社区卫生服务中心"}, "已补货,并把该药列入社区目录。"},
  {"公交换乘要走很远", "从%s下地铁换公交要走八百米,下雨天老人孩子很不方便。", "交通", 5, UNIT_TRAFFIC, {"浦江区世纪广场站", "北岸区滨江站", "宝江区友谊路站"}, "站点调整方案正在征求意见。"},
  {"夜里渣土车太吵", "%s每天半夜十二点以后渣土车一辆接一辆,窗户都不敢开,灰很大。", "环境", 3, UNIT_BAOJIANG, {"宝江区外环路 88 弄", "宝江区友谊路工地旁", "宝江区盘古路小区"}, "已会同交通部门调整运输时段。"},
  {"外地看病要自己先垫钱", "我在%s住院,要先垫付三万元,报销等了一个多月。", "医保", 2, UNIT_HEALTH, {"邻省人民医院", "邻市中心医院", "外省肿瘤医院"}, "即时结算正在试行,本次报销已办结。"},
  {"工地欠薪", "在%s干了五个月活,还有两个月工资没给,包工头说总包没拨款。", "劳动", 3, UNIT_LABOUR, {"松泽区新城三期工地", "奉南区物流园工地", "嘉禾区安置房工地"}, "已责成总包代付,工资到账。"},
  {"菜场门口占道摆摊", "%s早上摆满摊位,公交车都过不去,上班天天堵。", "城管", 3, UNIT_HONGHE, {"虹河区四川里菜场", "虹河区广中菜场", "虹河区曲阳菜场"}, "已在旁边设疏导点并安排值守。"},
  {"消防通道停满车", "%s消防通道长期停满私家车,上次着火消防车进不来。", "消防", 4, UNIT_PUJIANG, {"浦江区金杨新村", "浦江区上南十村", "浦江区潍坊三村"}, "已划线并安排巡查,占用一小时内处置。"},
  {"路灯不亮", "%s的路灯坏了半个月,晚上下班走路很害怕。", "市政", 2, UNIT_HOUSING, {"杨林区军工路 300 弄", "普河区真光路", "南汀区石门路"}, "路灯已修复。"},
  {"楼上漏水物业不管", "%s楼上漏水,天花板都发霉了,物业一直推。", "住房", 3, UNIT_HOUSING, {"长桥区华泾路 5 号", "闵川区莘朱路 9 号", "西浜区武夷路 21 号"}, NULL},
  {"公交线路改了不通知", "%s的公交改线没有任何通知,等了四十分钟。", "交通", 3, UNIT_TRAFFIC, {"崇岛区东滩站", "青荡区湖心站", "金滩区海湾站"}, "已在站牌和手机端公示改线。"},
  {"咨询医保参保登记", "刚搬到%s,想问新生儿参保要带什么材料,可以网上办吗。", "医保", 1, UNIT_HEALTH, {"北岸区大宁街道", "青荡区盈浦街道", "松泽区岳阳街道"}, "可以网上办,材料清单已发送。"},
  {"网络诈骗求助", "在%s接到自称银行的电话,被骗八千元,请问怎么办。", "治安", 2, UNIT_TELECOM, {"普河区某小区", "宝江区某公司", "闵川区某大学"}, "已协助报案并止付。"},
  {"建议增加共享单车停放点", "建议在%s多设几个停车框,现在人行道都走不了。", "城管", 5, UNIT_TRAFFIC, {"地铁 2 号线云台站", "地铁 6 号线花园站", "地铁 9 号线古美站"}, NULL},
  {"办证中午没人", "中午请假去%s办证,窗口都没人,白跑一趟。", "政务", 3, UNIT_PUJIANG, {"浦江区政务服务中心", "浦江区社会事务分中心", "浦江区出入境窗口"}, "已实行午间轮班。"},
  {"商家不开发票", "在%s吃饭不给开发票,说系统坏了。", "市场", 4, UNIT_MARKET, {"虹河区美食街", "西浜区老码头", "南汀区夜市"}, "经查属实,已责令改正。"},
  {"预付卡退款难", "%s的健身房关门了,卡里还有四千元退不了。", "市场", 3, UNIT_MARKET, {"浦江区陆家嘴", "长桥区徐家汇", "北岸区静安寺"}, NULL},
  {"反映河道黑臭", "%s的河水发黑,夏天味道很大,还有死鱼。", "环境", 4, UNIT_WATER, {"青荡区朱家角支河", "奉南区金汇港支流", "嘉禾区横沥河"}, "已排查出错接管网一处,正在改造。"},
};
const size_t DEMO_MATTER_COUNT = COUNT_OF(DEMO_MATTERS);

static const struct demo_topic topics[] = {
  {"新优药械进院为什么慢", "企业集中反映,获批一年进不了医院。", "药事会一年一次是主因,建议每季召开并建立专门目录。", UNIT_HEALTH, true, "创新药械进医院难"},
  {"企业为什么被反复检查", "户均一年 5.2 次,企业疲于应付。", "三个部门的检查计划可以并成一张表。", UNIT_MARKET, true, "涉企检查多头重复"},
  {"中小企业账款为什么收不回", "座谈中八成企业提到被拖欠。", "以审计代结算是通行做法,须写入合同约束。", UNIT_INDUSTRY, true, "拖欠中小企业账款"},
  {"老旧小区微更新的资金从哪来", "改造需求大,财政只能兜一部分。", NULL, UNIT_HOUSING, false, NULL},
};

const char *const DEMO_NOTES[] = {
  "完成现场核对,责任人和时间表已经明确,本周进入施工。", "与配合单位开了碰头会,分歧两项已谈妥一项,另一项三天内答复。", "按计划推进,群众回访十户,八户表示有改善。",
  "本阶段任务完成,材料已整理,等待验收。", "受天气影响略有延后,已增加一个班组,力争按期。", "数据已接入,试运行一周无异常。"};
const size_t DEMO_NOTE_COUNT = COUNT_OF(DEMO_NOTES);
const char *const DEMO_EVIDENCE_TITLES[] = {"现场整改后照片", "回访记录", "检测报告摘要", "台账截图", "施工完成情况", "居民确认情况"};
const size_t DEMO_EVIDENCE_TITLE_COUNT = COUNT_OF(DEMO_EVIDENCE_TITLES);

const struct demo_script DEMO_SMALL = {
  .seed = "申江2026", .units = DEMO_UNITS, .unit_count = DEMO_UNIT_COUNT, .users = DEMO_USERS, .user_count = COUNT_OF(DEMO_USERS), .problems = problems, .problem_count = COUNT_OF(problems),
  .matters = DEMO_MATTERS, .matter_count = COUNT_OF(DEMO_MATTERS), .topics = topics, .topic_count = COUNT_OF(topics)};
