// The words of the pages in both languages (words/zh.ts, words/en.ts). Labels of fields, states and actions come from the server
// and do not stand there.
import { language } from './language'
import { en } from './words/en'
import { zh, type Word } from './words/zh'

export type { Word }

type Inserted = Record<string, string | number>
const fill = (text: string, values?: Inserted): string =>
  (values ? text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in values ? String(values[name]) : whole)) : text)

export const word = (key: Word, values?: Inserted): string => fill((language.value === 'zh' ? zh : en)[key], values)

/** The words of one topic: they are loaded with the pages that use them, not with the frame. A key that one language lacks is a compile error. */
export function wordsOf<Key extends string>(chinese: Record<Key, string>, english: Record<NoInfer<Key>, string>) {
  return (key: Key, values?: Inserted): string => fill((language.value === 'zh' ? chinese : english)[key], values)
}
