// One action on many records: what can be asked of those chosen, and which of them the door would refuse, with its reason.
import { ApiError, get, post, query } from './api';
import { fieldsNamed } from './records';
import { mayCreate, typeNamed } from './session';
import type { ActionOffer, Change, Field, Finding, One, Outcome, RecordData, Values } from './types';
import { listWord } from './words/lists';

export const MOST = 1000;
/** Looked at to know what is offered: one record of each state and unit, and no more than these. */
const LOOKS = 12;
export interface BulkAct {
  key: string;
  label: string;
  fields: Field[];
  asks: string[];
  reason: boolean;
  change: (row: RecordData, values: Values, reason: string) => Change;
}
export interface LeftOut {
  row: RecordData;
  sentences: string[];
}
export interface Rehearsed {
  can: RecordData[];
  out: LeftOut[];
}

/** What asks for other records, or is agreed by two, is done on the record's own page. */
const ALONE = new Set([
  'edit',
  'create',
  'judge',
  'split',
  'merge',
  'ask_void',
  'ask_correction',
  'ask_destruction',
  'accept',
  'hand_set_colour',
]);

function actOf(type: string, offer: ActionOffer): BulkAct {
  const declared = typeNamed(type);
  const fields = declared
    ? fieldsNamed(declared, [...offer.asks, ...offer.takes]).map((field) => ({
        ...field,
        required: offer.asks.includes(field.name) && !(offer.action === 'assign' && field.name === 'due'),
      }))
    : [];
  return {
    key: offer.action,
    label: offer.label,
    fields,
    asks: offer.asks,
    reason: offer.reason,
    change: (row, values, reason) => ({ type, action: offer.action, id: row.id, values, ...(reason ? { reason } : {}) }),
  };
}
function chase(): BulkAct[] {
  const declared = typeNamed('chase');
  if (!declared || !mayCreate('chase')) return [];
  const fields = fieldsNamed(declared, ['by', 'note']);
  return [
    {
      key: 'chase',
      label: listWord('bulk.chase'),
      fields,
      asks: ['by'],
      reason: false,
      change: (row, values) => ({ type: 'chase', action: 'create', values: { ...values, problem: row.id } }),
    },
  ];
}

export async function actsFor(type: string, rows: RecordData[]): Promise<BulkAct[]> {
  const plural = typeNamed(type)?.plural;
  const different = new Map(rows.map((row) => [`${row.state} ${String(row.lead_unit ?? row.unit ?? '')}`, row]));
  const looked = [
    ...new Map([...new Map(rows.map((row) => [row.state, row])).values(), ...different.values()].map((row) => [row.id, row])).values(),
  ].slice(0, LOOKS);
  const pages = await Promise.all(looked.map((row) => get<One>(`/api/v1/${plural}/${row.id}`)));
  const offers = new Map<string, ActionOffer>();
  for (const offer of pages.flatMap((page) => page.actions ?? []))
    if (offer.mine && !ALONE.has(offer.action) && (!offers.has(offer.action) || offer.open)) offers.set(offer.action, offer);
  const acts = [...offers.values()].filter((offer) => offer.open || offer.asks.length > 0).map((offer) => actOf(type, offer));
  return [...acts, ...(type === 'problem' ? chase() : [])];
}

/** The set stands or falls as one: what is refused is taken out, with its reasons, until the rest would stand. */
export async function rehearse(rows: RecordData[], make: (row: RecordData) => Change): Promise<Rehearsed> {
  const out: LeftOut[] = [];
  let can = rows;
  while (can.length) {
    try {
      await post<Outcome>(`/api/v1/changes${query({ rehearse: 1 })}`, { changes: can.map(make) });
      break;
    } catch (problem) {
      if (!(problem instanceof ApiError)) throw problem;
      const refused = new Map<number, Finding[]>();
      for (const finding of problem.findings)
        if (finding.change !== undefined && can[finding.change])
          refused.set(finding.change, [...(refused.get(finding.change) ?? []), finding]);
      if (!refused.size) throw problem;
      for (const [index, findings] of refused) out.push({ row: can[index]!, sentences: [...new Set(findings.map((one) => one.sentence))] });
      can = can.filter((_, index) => !refused.has(index));
    }
  }
  return { can, out };
}
