// Which records people link with which, and how each end reads it. A row for each kind of link that a page offers; the server has the rules.
import { session, typeNamed } from './session';

export interface Relation {
  kind: 'arises_from' | 'ended_by' | 'same_matter' | 'in_campaign';
  from: string;
  to: string;
  office?: boolean;
}
const RELATIONS: Relation[] = [
  { kind: 'arises_from', from: 'problem', to: 'topic' },
  { kind: 'arises_from', from: 'measure', to: 'topic' },
  { kind: 'arises_from', from: 'mechanism', to: 'topic' },
  { kind: 'arises_from', from: 'problem', to: 'appeal' },
  { kind: 'arises_from', from: 'topic', to: 'appeal' },
  { kind: 'arises_from', from: 'mechanism', to: 'problem' },
  { kind: 'ended_by', from: 'problem', to: 'mechanism' },
  { kind: 'ended_by', from: 'topic', to: 'mechanism' },
  { kind: 'same_matter', from: 'problem', to: 'problem' },
  { kind: 'in_campaign', from: 'problem', to: 'campaign', office: true },
];
const MAKERS = ['office', 'liaison', 'unit_head'];

/** One way in which a record of the type may be linked: to what, and from which end. */
export interface Way {
  name: string;
  relation: Relation;
  other: string;
  end: 'from' | 'to';
}
export function waysOf(type: string): Way[] {
  const roles = session.value?.roles ?? [];
  if (!MAKERS.some((role) => roles.includes(role))) return [];
  const ways = RELATIONS.flatMap((relation): Way[] => {
    const other = relation.from === type ? relation.to : relation.to === type ? relation.from : null;
    if (!other || !typeNamed(other) || (relation.office && !roles.includes('office'))) return [];
    const end = relation.from === type ? 'from' : 'to';
    return [{ name: `${relation.kind} ${end} ${other}`, relation, other, end }];
  });
  return ways;
}
/** The values of the link; `id` may be −1, the first record made in the set. */
export const linkValues = (way: Pick<Way, 'relation' | 'end'>, id: number, other: number) => {
  const { kind, from, to } = way.relation;
  return way.end === 'from'
    ? { kind, from_type: from, from_id: id, to_type: to, to_id: other }
    : { kind, from_type: from, from_id: other, to_type: to, to_id: id };
};
