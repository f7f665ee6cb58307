// A file as proof 佐证: the bytes first, then the record that names them. What is applied for and lacks only a proof brings it along in one set.
import { ApiError, post, uploadFile, type UploadedFile } from './api';
import { fieldNamed, mayCreate } from './session';
import type { ActionOffer, Outcome, RecordData, Value, Values } from './types';

/** Closed for want of a proof and of nothing else: the form takes one. */
export const takesProof = (type: string, offer: ActionOffer): boolean =>
  type === 'problem' &&
  offer.action === 'apply' &&
  offer.mine &&
  !offer.open &&
  offer.codes.length === 1 &&
  offer.codes[0] === 'has_evidence' &&
  mayCreate('evidence');
/** Open, or open with the proof that its form takes. */
export const canBegin = (type: string, offer: ActionOffer): boolean => offer.mine && (offer.open || takesProof(type, offer));

/** Keeps what was sent: a second try after a failed record does not send the bytes again. */
export function proofUploads() {
  let sent: { file: File; answer: UploadedFile } | null = null;
  async function valuesOf(problem: number, file: File): Promise<Values> {
    if (sent?.file !== file) sent = { file, answer: await uploadFile(file) };
    const own: Values = {
      problem,
      file: sent.answer.file,
      file_name: file.name,
      media_type: file.type || 'application/octet-stream',
      size: sent.answer.size,
    };
    return { title: file.name, ...Object.fromEntries(Object.entries(own).filter(([name]) => fieldNamed('evidence', name)?.writable)) };
  }
  return {
    valuesOf,
    forget: () => {
      sent = null;
    },
  };
}

/** The proof and the action in one set: both stand, or neither. */
export async function sendWithProof(
  record: RecordData,
  offer: ActionOffer,
  values: Record<string, Value>,
  reason: string,
  proof: Values,
  key: (body: unknown) => string,
): Promise<Outcome> {
  const body = {
    changes: [
      { type: 'evidence', action: 'create', values: { phase: 'after', ...proof } },
      { type: 'problem', id: record.id, version: record.version, action: offer.action, values, ...(reason ? { reason } : {}) },
    ],
  };
  try {
    return await post<Outcome>('/api/v1/changes', body, key(body));
  } catch (problem) {
    // The form is the action's: what is found in its values stands beside its fields.
    if (problem instanceof ApiError)
      for (const finding of problem.findings) finding.change = finding.change ? finding.change - 1 : undefined;
    throw problem;
  }
}
