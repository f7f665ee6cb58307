// The words of the pages in both languages (words/zh.ts, words/en.ts). Labels of fields, states and actions come from the server
// and do not stand there.
import { language } from './language';
import { en } from './words/en';
import { zh, type Word } from './words/zh';

export type { Word };

type Inserted = Record<string, string | number>;
/* English counts one of a thing in another form; only what is counted somewhere stands here. */
const ONE: Record<string, string> = { classes: 'class', entries: 'entry' };
const COUNTED =
  /^(days|weeks|months|seconds|times|problems|appeals|units|rows|rounds|places|districts|rectifications|cases|campaigns|answers|points|mechanisms|kinds|items|fields|events|errors|characters|cells|alerts|classes|entries)$/;
const one = (noun: string): string => ONE[noun] ?? noun.slice(0, -1);
const fill = (text: string, values?: Inserted): string =>
  values
    ? text.replace(/\{(\w+)\}( \w+)?/g, (whole, name: string, next = '') => {
        if (!(name in values)) return whole;
        return String(values[name]) + (String(values[name]) === '1' && COUNTED.test(next.trim()) ? ` ${one(next.trim())}` : next);
      })
    : text;

export const word = (key: Word, values?: Inserted): string => fill((language.value === 'zh' ? zh : en)[key], values);

/** The words of one topic: they are loaded with the pages that use them, not with the frame. A key that one language lacks is a compile error. */
export function wordsOf<Key extends string>(chinese: Record<Key, string>, english: Record<NoInfer<Key>, string>) {
  return (key: Key, values?: Inserted): string => fill((language.value === 'zh' ? chinese : english)[key], values);
}
