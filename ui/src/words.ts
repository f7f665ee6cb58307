// The words of the pages in both languages (words/zh.ts, words/en.ts). Labels of fields, states and actions come from the server
// and do not stand there.
import { language } from './language'
import { en } from './words/en'
import { zh, type Word } from './words/zh'

export type { Word }

export function word(key: Word, values?: Record<string, string | number>): string {
  const text: string = (language.value === 'zh' ? zh : en)[key]
  return values ? text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole)) : text
}
