// Words of the page where the map of the districts is set.
import { wordsOf } from '@/words';

export const mapWord = wordsOf(
  {
    title: '区划图',
    hint: '总览和公众门户按各区轮廓画图；没有时画示意方格。轮廓只作示意，不是测绘成果；公开使用的地图请先按规定送审。',
    file: 'GeoJSON 文件',
    'file.hint':
      'FeatureCollection，经纬度坐标，每个要素一个区：按 code（单位代码）或 name（单位名称、简称）对应，只收 Polygon 和 MultiPolygon，不超过 8 MiB，边界会简化。',
    'file.missing': '请先选一个文件',
    'file.large': '文件太大，最多 8 MiB，请先简化',
    try: '先看看',
    trying: '正在检查…',
    write: '启用这张图',
    writing: '正在启用…',
    written: '已启用：{n} 个区',
    would: '检查通过：{n} 个区。下面是启用后的样子。',
    now: '现在的区划图',
    none: '现在没有区划图，总览和门户画示意方格。选一个 GeoJSON 文件，先看看，再启用。',
    remove: '撤下',
    removed: '已撤下区划图',
    'remove.sure': '撤下后总览和门户改画方格，要再用须重新上传。确定撤下吗？',
    refused: '这个文件不能用：',
    only: '由系统管理员更新。',
  },
  {
    title: 'Map of the districts',
    hint: 'The overview and the portal draw the districts by their outlines; without them they draw schematic tiles. Outlines are for orientation, no survey; have a map approved as the rules ask before it is shown to the public.',
    file: 'GeoJSON file',
    'file.hint':
      'A FeatureCollection in degrees, one feature a district, told by code (the unit’s) or name (the unit’s name or short name); Polygon and MultiPolygon only, 8 MiB at most; borders are thinned out.',
    'file.missing': 'Choose a file first',
    'file.large': 'The file is too large: 8 MiB at most; thin it out first',
    try: 'Try it',
    trying: 'Checking…',
    write: 'Use this map',
    writing: 'Setting…',
    written: 'In use: {n} districts',
    would: 'It holds: {n} districts. This is how it will look.',
    now: 'The map now',
    none: 'There is no map: overview and portal draw schematic tiles. Choose a GeoJSON file, try it, then use it.',
    remove: 'Take away',
    removed: 'The map is taken away',
    'remove.sure': 'Overview and portal will draw tiles; to use it again it has to be uploaded anew. Take it away?',
    refused: 'This file cannot be used:',
    only: 'Set by the system administrator.',
  },
);
