// Words of the habits that hold on every page: the palette, the keys.
import { wordsOf } from '@/words'

export const habitWord = wordsOf({
  'palette': '快速前往', 'palette.hint': '页面、动作、编号、单位、视图', 'palette.none': '没有找到', 'palette.pages': '页面', 'palette.actions': '动作', 'palette.problems': '问题', 'palette.views': '视图', 'palette.units': '单位', 'palette.unit': '{name}牵头的问题',
  'action.create': '登记问题', 'action.language': '换成 English', 'action.print': '打印本页', 'action.keys': '看快捷键', 'action.signout': '退出登录',
  'keys': '快捷键', 'keys.any': '任何页面', 'keys.list': '清单里', 'keys.form': '表单里',
  'key.search': '到查找框', 'key.palette': '快速前往', 'key.help': '看快捷键', 'key.escape': '关闭、离开输入框', 'key.move': '上下移动', 'key.page': '翻一屏', 'key.ends': '到头、到尾', 'key.open': '打开', 'key.select': '选中', 'key.range': '连选', 'key.all': '全选已载入的', 'key.menu': '列的顺序（在列菜单里）', 'key.tab': '下一栏；草稿自动保存，提交或退出登录后清除',
}, {
  'palette': 'Go to', 'palette.hint': 'Page, action, number, unit, view', 'palette.none': 'Nothing found', 'palette.pages': 'Pages', 'palette.actions': 'Actions', 'palette.problems': 'Problems', 'palette.views': 'Views', 'palette.units': 'Units', 'palette.unit': 'Problems led by {name}',
  'action.create': 'Register a problem', 'action.language': '换成中文', 'action.print': 'Print this page', 'action.keys': 'Show the keys', 'action.signout': 'Sign out',
  'keys': 'Keys', 'keys.any': 'On any page', 'keys.list': 'In a list', 'keys.form': 'In a form',
  'key.search': 'to the search box', 'key.palette': 'go to', 'key.help': 'show the keys', 'key.escape': 'close, leave the box', 'key.move': 'move up and down', 'key.page': 'a screen further', 'key.ends': 'to the first, to the last', 'key.open': 'open', 'key.select': 'select', 'key.range': 'select a range', 'key.all': 'select all that are loaded', 'key.menu': 'order of columns, in their menu', 'key.tab': 'next field; a draft is kept until it is sent or you sign out',
})
