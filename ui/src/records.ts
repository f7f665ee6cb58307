// Records as pages need them: their name, their fields as text, and the choices a reference offers.
import { get, isEmpty, query } from './api';
import { momentWithWeekday, percentOfWeight, thousands, weightToPercent } from './format';
import { choiceLabel, fieldNamed, stateLabel, typeNamed } from './session';
import type { Field, Labels, One, Page, RecordData, RecordType, Value } from './types';
import { word } from './words';

/** A record's name. With `labels`, one that is named by a day alone says what it is of. */
export function titleOf(typeName: string, record: RecordData, labels: Labels = {}): string {
  const title = typeNamed(typeName)?.title;
  const text = (title && record[title]) || record.title || record.name || record.number;
  if (!text) return word('form.reference.id', { id: record.id });
  if (typeName === 'correction' && title === 'figure') return figureLabel(String(text));
  // A title that is a choice or a moment is told as readers know it.
  const field = title && record[title] ? fieldNamed(typeName, title) : undefined;
  const own = field && ['choice', 'moment'].includes(field.type) ? textOfOne(field, text as Value, {}) : String(text);
  const parent = typeNamed(typeName)?.parent;
  const of =
    field && parent && ['date', 'moment'].includes(field.type)
      ? labels[fieldNamed(typeName, parent)?.target ?? '']?.[String(record[parent])]
      : undefined;
  return of ? `${of} · ${own}` : own;
}

export const labelOf = (labels: Labels, type: string | null | undefined, id: unknown): string =>
  (type ? labels[type]?.[String(id)] : undefined) ?? (isEmpty(id as Value) ? '' : word('form.reference.id', { id: String(id) }));

/** Where a type's list is. */
export const listAddress = (plural: string): string =>
  ['problems', 'appeals', 'rounds'].includes(plural) ? `/${plural}` : `/records/${plural}`;

/** The page of a record; null when it has none. */
export function addressOf(typeName: string, record: { id: number; problem?: unknown }): string | null {
  if (typeName === 'problem') return `/problems/${record.id}`;
  if (typeName === 'appeal') return `/appeals?ids=${record.id}&open=${record.id}`;
  if (['measure', 'evidence', 'cycle'].includes(typeName) && record.problem) return `/problems/${record.problem}`;
  const type = typeNamed(typeName);
  return type ? `/records/${type.plural}/${record.id}` : null;
}

const isPoint = (value: Value): value is { lat: number; lon: number } => typeof value === 'object' && value !== null && 'lat' in value;

function textOfOne(field: Field, value: Value, labels: Labels): string {
  switch (field.type) {
    case 'weight':
      return `${weightToPercent(Number(value))}%`;
    case 'choice':
    case 'choices':
      return field.choices?.find((choice) => choice.name === value)?.label ?? String(value);
    case 'reference':
    case 'references':
      return labelOf(labels, field.target, value);
    case 'yes_no':
      return word(value ? 'yes' : 'no');
    case 'moment':
      return momentWithWeekday(String(value));
    case 'integer':
      return thousands(Number(value));
    case 'file':
      return `${String(value).slice(0, 12)}…`;
    default:
      return isPoint(value) ? `${value.lat}, ${value.lon}` : String(value);
  }
}

/** What a correction slip corrects, by its name as readers know it; and a value of it. */
export const figureLabel = (figure: string): string =>
  figure === 'state' ? word('list.state') : (fieldNamed('problem', figure)?.label ?? figure);
export const figureText = (figure: string, value: string | null): string =>
  value === null ? '—' : figure === 'state' ? stateLabel('problem', value) : choiceLabel('problem', figure, value);

/** A value as text; "—" when empty. What a correction slip changed is told in the words of the figure that it corrects. */
export function textOf(typeName: string, fieldName: string, value: Value | undefined, labels: Labels, figure?: unknown): string {
  if (value === undefined || isEmpty(value)) return '—';
  if (typeName === 'correction' && ['was', 'corrected'].includes(fieldName) && figure) return figureText(String(figure), String(value));
  if (fieldName === 'state') return stateLabel(typeName, String(value));
  if (typeName === 'correction' && fieldName === 'figure') return figureLabel(String(value));
  const field = fieldNamed(typeName, fieldName);
  if (!field) return Array.isArray(value) ? value.join(word('enumeration')) : String(value);
  if (Array.isArray(value)) return (value as Value[]).map((one) => textOfOne(field, one, labels)).join(word('enumeration'));
  return textOfOne(field, value, labels);
}

export const progressText = (points: unknown): string => percentOfWeight(Number(points ?? 0));

export const writableFields = (type: RecordType, leaveOut: string[] = []): Field[] =>
  type.fields.filter((field) => field.writable && !field.derived && !leaveOut.includes(field.name));
export const editableFields = (type: RecordType, leaveOut: string[] = []): Field[] =>
  writableFields(type, leaveOut).filter((field) => !field.fixed);
export const fieldsNamed = (type: RecordType, names: string[]): Field[] =>
  names.map((name) => type.fields.find((field) => field.name === name)).filter((field): field is Field => field !== undefined);

// What a reference offers: small types are read once and filtered here, large ones are searched on the server.
export interface Offer {
  id: number;
  label: string;
  hint: string;
}
interface Offers {
  all: Offer[];
  complete: boolean;
}
const PAGE = 200;
const PAGES = 5;
const kept = new Map<string, Promise<Offers>>();

function offerOf(typeName: string, record: RecordData): Offer {
  const hint = [record.short_names, record.account, record.number, record.code].filter((one) => typeof one === 'string' && one).join(' ');
  return { id: record.id, label: titleOf(typeName, record), hint };
}

async function readOffers(typeName: string): Promise<Offers> {
  const plural = typeNamed(typeName)?.plural;
  if (!plural) return { all: [], complete: true };
  const all: Offer[] = [];
  let after: string | null = null;
  for (let page = 0; page < PAGES; page++) {
    const answer: Page = await get<Page>(`/api/v1/${plural}${query({ limit: PAGE, after })}`);
    all.push(...answer.items.map((record) => offerOf(typeName, record)));
    after = answer.next;
    if (!after) return { all, complete: true };
  }
  return { all, complete: false };
}

function offersOf(typeName: string): Promise<Offers> {
  let offers = kept.get(typeName);
  if (!offers) {
    offers = readOffers(typeName);
    offers.catch(() => kept.delete(typeName));
    kept.set(typeName, offers);
  }
  return offers;
}

const MOST_SHOWN = 60;
/** What one record is called; empty where it is not this person's to see. */
export async function nameOf(typeName: string, id: number): Promise<string> {
  const here = (await offersOf(typeName)).all.find((offer) => offer.id === id);
  if (here) return here.label;
  const one = await get<One>(`/api/v1/${typeNamed(typeName)?.plural}/${id}`);
  return offerOf(typeName, one.record).label;
}
export async function findOffers(typeName: string, text: string): Promise<Offer[]> {
  const offers = await offersOf(typeName);
  const words = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (offer: Offer) => words.every((one) => offer.label.toLowerCase().includes(one) || offer.hint.toLowerCase().includes(one));
  const here = offers.all.filter(matches);
  if (offers.complete || words.length === 0 || text.trim().length < 2) return here.slice(0, MOST_SHOWN);
  const plural = typeNamed(typeName)?.plural;
  const answer = await get<Page>(`/api/v1/${plural}${query({ q: text.trim(), limit: MOST_SHOWN })}`);
  return answer.items.map((record) => offerOf(typeName, record));
}
