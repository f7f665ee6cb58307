// Carrying out an action on a record: at once when nothing is asked, through the form dialog otherwise.
import { ref } from 'vue'
import { ApiError, get, intention, post } from './api'
import { ElMessage } from './element'
import type { ActionOffer, Labels, One, Outcome, RecordData, Values } from './types'
import { typeNamed } from './session'
import { word } from './words'

export interface Asked { type: string; plural: string; record: RecordData; offer: ActionOffer; labels: Labels }

export const needsForm = (offer: ActionOffer): boolean => offer.asks.length > 0 || offer.takes.length > 0 || offer.reason

export function sendAction(plural: string, record: RecordData, offer: ActionOffer, values: Values, reason: string, key: (body: unknown) => string): Promise<Outcome> {
  const body = { values, ...(reason ? { reason } : {}) }
  return post<Outcome>(`/api/v1/${plural}/${record.id}/${offer.action}`, body, key({ ...body, record: record.id, action: offer.action }))
}

export function say(problem: unknown): void {
  const message = problem instanceof ApiError ? [problem.message, ...problem.findings.map((one) => one.sentence).filter((one) => one !== problem.message)].join(' ') : String(problem)
  ElMessage({ message, type: 'error', duration: 8000, showClose: true })
}
export function tell(message: string): void {
  ElMessage({ message, type: 'success', duration: 4000 })
}
export const outcomeSentence = (outcome: Outcome, label: string): string =>
  outcome.verdict === 'unchanged' ? word('action.unchanged') : word('action.done', { label })

/** `done` is called after anything took effect, so that the page reads again; `refuse` is where a page shows what was refused, else it is told in passing. */
export function acting(done: () => unknown, refuse: (problem: ApiError) => void = say) {
  const asked = ref<Asked | null>(null)
  const busy = ref('')

  async function begin(typeName: string, record: RecordData, offer: ActionOffer, labels: Labels): Promise<void> {
    const plural = typeNamed(typeName)?.plural
    if (!plural || busy.value) return
    if (needsForm(offer)) {
      asked.value = { type: typeName, plural, record, offer, labels }
      return
    }
    busy.value = `${typeName}-${record.id}-${offer.action}`
    try {
      const outcome = await sendAction(plural, record, offer, {}, '', intention())
      tell(outcomeSentence(outcome, offer.label))
      await done()
    } catch (problem) {
      if (problem instanceof ApiError) refuse(problem)
      else say(problem)
      if (problem instanceof ApiError && (problem.status === 409 || problem.status === 412)) await done()
    } finally {
      busy.value = ''
    }
  }

  /** A task names only the action: what it asks is read first. */
  async function beginNamed(typeName: string, id: number, action: string): Promise<void> {
    const plural = typeNamed(typeName)?.plural
    if (!plural) return
    try {
      const one = await get<One>(`/api/v1/${plural}/${id}`)
      const offer = one.actions?.find((each) => each.action === action)
      if (!offer || !offer.open) {
        say(new ApiError(409, { detail: offer?.why_not ?? word('error.stale') }, null))
        await done()
      } else await begin(typeName, one.record, offer, one.labels)
    } catch (problem) {
      say(problem)
    }
  }

  function finished(outcome: Outcome): void {
    const label = asked.value?.offer.label ?? ''
    asked.value = null
    tell(outcomeSentence(outcome, label))
    void done()
  }
  return { asked, busy, begin, beginNamed, finished }
}
