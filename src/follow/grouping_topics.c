/* What appeals to an office are about, as everyday words: a matter is recognised as the same though the words are others. A line is a
   topic; a word may stand in several, and then counts for each in part. Two characters a word, as texts are cut. */
#include <string.h>

#include "follow/grouping_parts.h"

static const char *const TOPICS[TOPIC_COUNT] = {
  "噪音 噪声 扰民 吵闹 太吵 喧哗 音响 高音 喇叭 低频 分贝 休息 睡觉 入睡 失眠",
  "施工 工地 夜间 凌晨 通宵 打桩 赶工 浇筑 混凝 搅拌 塔吊 夜施",
  "地铁 轨道 号线 站口 轻轨",
  "公交 线路 班次 站牌 首末 候车 发车 公车",
  "出租 的士 网约 滴滴 打表 拒载",
  "拥堵 堵车 红绿 绿灯 信号 路口 掉头 左转 右转 变道 限速 斑马 天桥 交通 人行 通行",
  "违停 乱停 停放 占道 停车 挡道 僵尸 罚单 抄牌",
  "车位 车库 人防 地库 停车",
  "修路 断头 道路 坑洼 路面 破损 拉通 修建 水泥 沥青 井盖 塌陷 拓宽 通车 路基",
  "路灯 照明 黑灯 昏暗 灯光 亮化",
  "停水 水压 自来 供水 用水 水管 二次 水表 水质 断水",
  "停电 供电 电费 电表 电网 用电 变压 高压 电力 跳闸 充电",
  "燃气 天然 煤气 煤改",
  "供暖 暖气 供热",
  "宽带 网络 移动 联通 电信 光纤 信号 基站 辐射",
  "渣土 货车 土车 大车 超载 泥头 搅拌 重型",
  "违建 违章 搭建 加建 违规 私搭 乱建 扩建 加盖 楼顶 露台 封闭 拆除",
  "产权 产证 不动 证书 办证 两证 栋证 过户 房证 登记",
  "公积 缴存 提取 房贷 组合",
  "物业 业委 服务 管理 保安 乱收",
  "物业 收费 涨价 费用 乱收 物价 标准 高价 上涨",
  "电梯 故障 困人 维保 停运",
  "质量 开裂 裂缝 渗水 漏水 渗漏 墙面 楼板 豆腐 空鼓 脱落 沉降 精装 装修 瑕疵",
  "交房 收房 延期 逾期 烂尾 停工 停建 预售 定金 退房 认购 开发 销售 虚假 宣传 楼盘 购房",
  "限购 限售 购房 房资 资格 二套 首套 新政 落户",
  "拆迁 征收 安置 补偿 棚改 征地 回迁 拆除 过渡",
  "土地 耕地 农田 宅基 承包 占地 山林 用地",
  "学区 入学 学位 招生 配套 划片 就读 录取 报名 摇号",
  "补课 收费 学费 课时 费用 教辅 住宿 违规",
  "老师 教师 体罚 打骂 师德 教育 学校 校方 作业 学生",
  "实习 强制 学生 打工 顶岗 外出 派遣",
  "幼儿 园开 普惠 入园 公办",
  "培训 退费 退款 机构 英语 健身 预付 会员 充值 跑路 关门",
  "油烟 餐饮 饭店 烧烤 夜宵 排烟 烟道 餐馆 厨房 气味 摊贩 门店 麻辣 火锅",
  "酒吧 歌厅 唱歌 娱乐 清吧 音乐 夜店",
  "广场 跳舞 舞扰 音响",
  "卖淫 嫖娼 涉黄 色情 足浴 会所 按摩 招嫖 失足",
  "赌博 赌场 麻将 棋牌 赌机 游戏",
  "诈骗 集资 传销 理财 非法 投资 平台 骗局 受害 吸收 骗钱 兑付 本金 血汗 立案 网贷 贷款 借贷 金融",
  "工资 拖欠 欠薪 农民 民工 讨薪 薪资 劳动 加班 辞退 合同",
  "社保 养老 失业 退休 缴费 工伤 保险 待遇",
  "医保 报销 门诊 透析 生育 津贴 住院 药品 慢性 大病",
  "医院 医生 诊所 看病 挂号 医疗 患者 手术 疫苗 护士",
  "垃圾 清运 保洁 脏乱 卫生 环卫 中转 焚烧 分类 粪便",
  "污染 臭味 恶臭 异味 排放 废气 废水 粉尘 扬尘 黑烟 污水 排污 下水 化粪",
  "河道 水渠 内涝 积水 排水 防洪 水库 堤坝",
  "公园 绿化 绿地 树木 园林 砍伐 草坪 景观 树枝",
  "健身 体育 球场 运动 操场 田径 游泳",
  "狗吠 养狗 犬只 流浪 遛狗 宠物 养鸡 养殖 养猪 狗狗",
  "群租 出租 合租 隔断 民宿 日租 短租",
  "消防 通道 火灾 隐患 安全 堵塞 灭火 楼道 杂物",
  "空地 设施 配套 规划 建设 用地 商业 文化 菜市 市场 超市",
  "规划 公示 调整 变更 容积 调规 日照 采光 间距 遮挡 设计 方案",
  "户口 户籍 迁移 身份 居住 上户 落户",
  "结婚 婚姻 离婚 民政",
  "人才 补贴 毕业 引进 租房 生活",
  "退役 退伍 军人 优抚 转业",
  "低保 残疾 救助 贫困 扶贫 困难 五保",
  "村民 村务 村委 村支 选举 集体 村干 组长",
  "贪污 受贿 举报 腐败 贪腐 不作 乱作 失职 渎职 包庇 干部 作风",
  "派出 报警 出警 民警 公安 警察 案件 办案 进展 侦查 破案 打架 偷盗 盗窃",
  "驾照 驾校 年检 上牌 车管 考试 学车 摩托 电动 禁摩 电车 牌照",
  "单车 共享",
  "高速 收费 过路 过桥 匝道 噪音 隔音 声屏",
  "高铁 铁路 火车 站台",
  "食品 过期 变质 假冒 伪劣 食物 中毒 卫生",
  "消费 商家 退货 维权 欺诈 霸王 合同 押金 捆绑",
  "快递 驿站 包裹 邮政 派送 外卖",
  "税收 契税 税务 发票 纳税 个税 偷税",
  "银行 贷款 月供 信用 利率 扣款 放贷",
  "图书 博物 文物 古迹 旅游 景区",
  "殡葬 丧事 坟墓 公墓 灵堂 火化",
  "广告 招牌 牛皮 小广 传单",
  "办卡 制卡 社保 证件 窗口 办事 效率 态度 审批 办理",
};

void topics_learn(struct grouping *grouping) {
  struct vocabulary *terms = &grouping->events.terms;
  for (int topic = 0; topic < TOPIC_COUNT; topic++)
    for (const char *at = TOPICS[topic], *end; at && *at; at = end + (*end == ' ')) {
      end = at + strcspn(at, " ");
      uint32_t number = vocabulary_find(terms, grouping_word_hash(at, (size_t)(end - at)), true);
      vocabulary_find(&grouping->classes.terms, grouping_word_hash(at, (size_t)(end - at)), true); /* under the same number */
      if (number >= TOPIC_WORDS) continue;
      for (int i = 0; i < TOPICS_A_WORD; i++)
        if (!grouping->topics.words[number][i]) { grouping->topics.words[number][i] = (uint8_t)(topic + 1); break; }
      if (number > grouping->topics.last) grouping->topics.last = number;
    }
}
