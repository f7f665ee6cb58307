// Makes tests/corpus/appeals.csv: 120 invented appeals in the shape in which message boards publish theirs (Chinese headers, odd white
// space, moments with one- or two-digit parts, some texts that are equal). Nobody and nothing in it is real. The same on every run:
//   node tests/corpus/appeals.mjs > tests/corpus/appeals.csv
const PLACES = ['云台新村', '望江苑', '梨园小区', '北仓路', '枫桥里', '老码头', '花墙弄', '石榴坊', '白鹭湾', '东市街', '竹器巷', '七里坪'];
const MATTERS = [
  ['路灯不亮', '的路灯坏了很久,晚上走路看不见,摔了好几个老人。'],
  ['下水道返味', '的下水道一到下雨就返水,味道很重,请派人来看看。'],
  ['夜间施工扰民', '旁边工地每天施工到凌晨两点,孩子睡不好觉。'],
  ['公交改线没有通知', '的公交改了线,站牌上没写,等了四十分钟。'],
  ['暖气不热', '的暖气只有十四度,报修三次没有人来。'],
  ['幼儿园名额', '户籍的孩子今年有几个入园名额?想问清楚再搬家。'],
  ['电动车充电', '没有充电桩,大家从楼上拉线,怕着火。'],
  ['垃圾清运不及时', '的垃圾两天没人收,苍蝇很多。'],
  ['占道经营', '早市占了半条马路,公交车开不过去。'],
  ['物业收费不明', '的物业费涨了三成,没有公示过。'],
];
const ODD = ['', ' ', '　', '\t', '\u00a0'];
const quoted = (text) => /[",\r\n\t]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
const lines = ['留言编号,留言用户,留言主题,留言时间,留言详情,反对数,点赞数'];
for (let i = 0; i < 120; i++) {
  const place = PLACES[i % PLACES.length], [title, said] = MATTERS[(i * 7) % MATTERS.length];
  const same = i % 10 === 9 ? i - 1 : i; // every tenth says what the one before it said
  const at = [PLACES[same % PLACES.length], MATTERS[(same * 7) % MATTERS.length]];
  const month = i % 12 + 1, day = (i * 5) % 28 + 1, hour = (i * 3) % 24, minute = (i * 11) % 60, second = (i * 17) % 60;
  const two = (number) => String(number).padStart(2, '0');
  const moment = i % 3 === 0 ? `2025/${month}/${day} ${hour}:${two(minute)}:${two(second)}`
    : i % 3 === 1 ? `2025-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}` : `2025/${month}/${day} ${hour}:${minute}`;
  const odd = ODD[i % ODD.length];
  const text = same === i
    ? `${odd}\n\t\t${place}${said}第 ${i} 次反映。\n${odd}\n`
    : `${at[0]}${at[1][1]}第 ${same} 次反映。`;
  const subject = same === i ? `${odd}${place}${title}${odd}` : `${at[0]}${at[1][0]}`;
  lines.push([String(700001 + i * 3), `B${two(i)}${two(month)}`, quoted(subject), moment, quoted(text), String(i % 4), String(i % 9)].join(','));
}
process.stdout.write(lines.join('\r\n') + '\r\n');
