// Carrying out an action on a record: at once when nothing is asked, through the form dialog otherwise.
import { h, ref } from 'vue';
import { ApiError, get, intention, post } from './api';
import { ElMessage } from './element';
import type { ActionOffer, Labels, One, Outcome, RecordData, Values } from './types';
import { canBegin } from './proof';
import { typeNamed } from './session';
import { word } from './words';

export interface Asked {
  type: string;
  plural: string;
  record: RecordData;
  offer: ActionOffer;
  labels: Labels;
}

export const needsForm = (offer: ActionOffer): boolean => offer.asks.length > 0 || offer.takes.length > 0 || offer.reason;

/** `version`: a form shows values, and what is sent stands for them; a click without a form names none. */
export function sendAction(
  plural: string,
  record: RecordData,
  offer: ActionOffer,
  values: Values,
  reason: string,
  key: (body: unknown) => string,
  version?: number,
): Promise<Outcome> {
  const body = { values, ...(reason ? { reason } : {}) };
  return post<Outcome>(
    `/api/v1/${plural}/${record.id}/${offer.action}`,
    body,
    key({ ...body, record: record.id, action: offer.action, version }),
    version,
  );
}

export function say(problem: unknown): void {
  const message =
    problem instanceof ApiError
      ? [problem.message, ...problem.findings.map((one) => one.sentence).filter((one) => one !== problem.message)].join(' ')
      : String(problem);
  ElMessage({ message, type: 'error', duration: 8000, showClose: true });
}
export function tell(message: string): void {
  ElMessage({ message, type: 'success', duration: 4000 });
}
const UNDO_FOR = 10_000;
/** Tells that it is done and offers, for a while, to take it back. */
export function tellWithUndo(message: string, undo: () => unknown): void {
  const handle = ElMessage({
    message: h('span', { class: 'undo' }, [
      message,
      h(
        'button',
        {
          type: 'button',
          class: 'btn',
          onClick: () => {
            handle.close();
            void undo();
          },
        },
        word('undo'),
      ),
    ]),
    type: 'success',
    duration: UNDO_FOR,
  });
}
/** The arrow that leads straight back, when the record offers one that asks nothing; most actions have none. */
async function wayBack(
  plural: string,
  id: number,
  from: string | null,
  action: string,
): Promise<{ record: RecordData; offer: ActionOffer } | null> {
  const one = await get<One>(`/api/v1/${plural}/${id}`);
  if (!from || one.record.state === from) return null;
  const offer = one.actions?.find((each) => each.open && each.mine && each.to === from && each.action !== action && !needsForm(each));
  return offer ? { record: one.record, offer } : null;
}
export const outcomeSentence = (outcome: Outcome, label: string): string =>
  outcome.verdict === 'unchanged' ? word('action.unchanged') : word('action.done', { label });

/** `done` is called after anything took effect, so that the page reads again (without an outcome: it was refused because somebody else was first); `refuse` is where a page shows what was refused, else it is told in passing. `undoes`: the page offers the way back itself, where the thing stood; it is not offered a second time in passing. */
export function acting(done: (outcome?: Outcome) => unknown, refuse: (problem: ApiError) => void = say, undoes = false) {
  const asked = ref<Asked | null>(null);
  const busy = ref('');

  async function begin(typeName: string, record: RecordData, offer: ActionOffer, labels: Labels): Promise<void> {
    const plural = typeNamed(typeName)?.plural;
    if (!plural || busy.value) return;
    if (needsForm(offer)) {
      asked.value = { type: typeName, plural, record, offer, labels };
      return;
    }
    busy.value = `${typeName}-${record.id}-${offer.action}`;
    try {
      const outcome = await sendAction(plural, record, offer, {}, '', intention());
      void told(outcome, offer.label, { plural, record, offer });
      await done(outcome);
    } catch (problem) {
      if (problem instanceof ApiError) refuse(problem);
      else say(problem);
      if (problem instanceof ApiError && (problem.status === 409 || problem.status === 412)) await done();
    } finally {
      busy.value = '';
    }
  }

  async function told(
    outcome: Outcome,
    label: string,
    before: { plural: string; record: RecordData; offer: ActionOffer } | null,
  ): Promise<void> {
    const sentence = outcomeSentence(outcome, label);
    if (undoes) {
      tell(sentence);
      return;
    }
    const back =
      before && outcome.verdict === 'done'
        ? await wayBack(before.plural, before.record.id, before.record.state, before.offer.action).catch(() => null)
        : null;
    if (!before || !back) {
      tell(sentence);
      return;
    }
    tellWithUndo(sentence, async () => {
      try {
        await sendAction(before.plural, back.record, back.offer, {}, '', intention());
        tell(word('undo.done', { label }));
      } catch (problem) {
        say(problem);
      }
      await done();
    });
  }

  /** A task names only the action: what it asks is read first. */
  async function beginNamed(typeName: string, id: number, action: string): Promise<void> {
    const plural = typeNamed(typeName)?.plural;
    if (!plural) return;
    try {
      const one = await get<One>(`/api/v1/${plural}/${id}`);
      const offer = one.actions?.find((each) => each.action === action);
      if (!offer || !canBegin(typeName, offer)) {
        say(new ApiError(409, { detail: offer?.why_not ?? word('error.stale') }, null));
        await done();
      } else await begin(typeName, one.record, offer, one.labels);
    } catch (problem) {
      say(problem);
    }
  }

  function finished(outcome: Outcome): void {
    const label = asked.value?.offer.label ?? '';
    const before = asked.value;
    asked.value = null;
    void told(outcome, label, before);
    void done(outcome);
  }
  return { asked, busy, begin, beginNamed, finished };
}
